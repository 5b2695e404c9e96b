namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>An instance of a class of the program; its fields in the order they were set.</summary>
internal class PyInstance(PyClass type)
{
    public PyClass Type { get; } = type;

    public OrderedDictionary<string, object> Fields { get; } = [];
}
