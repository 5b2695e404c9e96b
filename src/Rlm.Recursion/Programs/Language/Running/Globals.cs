using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>The globals of a session by name, in the order they were first named, with the built-ins behind them.</summary>
internal sealed class Globals(IReadOnlyDictionary<string, object> builtIns)
{
    private readonly OrderedDictionary<string, Cell> _cells = [];

    public IEnumerable<KeyValuePair<string, Cell>> Cells => _cells;

    public Cell Cell(string name)
    {
        if (_cells.TryGetValue(name, out var cell)) return cell;
        return _cells[name] = new Cell();
    }

    public object? BuiltIn(string name) => builtIns.GetValueOrDefault(name);
}
