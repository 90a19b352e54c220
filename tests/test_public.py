"""What `import urlguard` offers."""

import inspect

import urlguard


def test_all_names_exactly_what_is_public() -> None:
    ours = {
        name
        for name, value in vars(urlguard).items()
        if not name.startswith("_")
        and not inspect.ismodule(value)
        and getattr(value, "__module__", "").startswith("urlguard")
    }
    assert ours | {"Guard", "__version__"} == set(urlguard.__all__)


def test_every_public_name_is_there() -> None:
    assert not [name for name in urlguard.__all__ if not hasattr(urlguard, name)]


def test_all_is_sorted() -> None:
    assert sorted(urlguard.__all__) == urlguard.__all__
