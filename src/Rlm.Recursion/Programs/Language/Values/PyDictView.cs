namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>items()</c> give; the kind is <c>dict_keys</c>, <c>dict_values</c> or <c>dict_items</c>.</summary>
internal sealed class PyDictView(PyDict dict, string kind)
{
    public PyDict Dict { get; } = dict;

    public string Kind { get; } = kind;

    public object Of(object key, object value) => Kind switch { "dict_keys" => key, "dict_values" => value, _ => PyTuple.Of(key, value) };
}
