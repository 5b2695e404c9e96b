using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Which globals a run made or changed.</summary>
internal static class Variables
{
    public static Dictionary<string, (object Value, long Size)> Shot(Globals globals) =>
        globals.Cells.Where(cell => cell.Value.Value is not null).ToDictionary(cell => cell.Key, cell => (cell.Value.Value!, Size(cell.Value.Value!)));

    public static IReadOnlyList<ProgramVariable> Changed(Globals globals, Dictionary<string, (object Value, long Size)> before) =>
    [
        .. globals.Cells
            .Where(cell => cell.Value.Value is { } value and not (PyModule or PyNative) && !(before.TryGetValue(cell.Key, out var known) && ReferenceEquals(known.Value, value) && known.Size == Size(value)) && cell.Key != "answer")
            .Select(cell => new ProgramVariable(cell.Key, Types.ShortName(Types.Of(cell.Value.Value!)), Size(cell.Value.Value!))),
    ];

    public static long Size(object value) => value switch
    {
        string text => CodePoints.Count(text),
        PyList list => list.Items.Count,
        PyDict dict => dict.Count,
        PyTuple tuple => tuple.Items.Length,
        PySet set => set.Count,
        PyRange range => range.Count,
        PyDeque deque => deque.Items.Count,
        LazyList lazy => lazy.Total ?? lazy.Fetched.Count,
        _ => 1,
    };
}
