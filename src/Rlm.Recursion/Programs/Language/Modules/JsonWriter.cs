using System.Text;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>Writes JSON as CPython's encoder does.</summary>
internal sealed class JsonWriter(Machine machine)
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<object> _active = new(ReferenceEqualityComparer.Instance);
    private int _charged;

    public bool SkipKeys { get; init; }

    public bool EnsureAscii { get; init; }

    public bool AllowNan { get; init; }

    public bool SortKeys { get; init; }

    public string? Indent { get; init; }

    public string ItemSeparator { get; init; } = ", ";

    public string KeySeparator { get; init; } = ": ";

    public object? Default { get; init; }

    public override string ToString() => _text.ToString();

    public void Write(object value, int depth)
    {
        machine.Tick();
        if (_text.Length - _charged > 4096)
        {
            machine.ChargeText(_text.Length - _charged);
            _charged = _text.Length;
        }
        switch (value)
        {
            case string text:
                Quoted(text);
                break;
            case PyNone none when ReferenceEquals(none, PyNone.Value):
                _text.Append("null");
                break;
            case bool truth:
                _text.Append(truth ? "true" : "false");
                break;
            case long or System.Numerics.BigInteger:
                _text.Append(Numerals.Text(value));
                break;
            case double number:
                _text.Append(Float(number));
                break;
            default:
                Nested(value, depth);
                break;
        }
    }

    private void Nested(object value, int depth)
    {
        if (!_active.Add(value)) throw Raise.Value("Circular reference detected");
        machine.Enter();
        switch (value)
        {
            case PyList or PyTuple or LazyList:
                Items(Iterating.Items(value), depth);
                break;
            case PyDict dict:
                Entries(dict, depth);
                break;
            default:
                if (Default is null) throw Raise.Type($"Object of type {Types.ShortName(Types.Of(value))} is not JSON serializable");
                Write(Calls.Call(machine, Default, value), depth);
                break;
        }
        machine.Leave();
        _active.Remove(value);
    }

    private void Items(IReadOnlyList<object> items, int depth)
    {
        if (items.Count == 0)
        {
            _text.Append("[]");
            return;
        }
        _text.Append('[');
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0) _text.Append(ItemSeparator);
            NewLine(depth + 1);
            Write(items[index], depth + 1);
        }
        NewLine(depth);
        _text.Append(']');
    }

    private void Entries(PyDict dict, int depth)
    {
        if (dict.Count == 0)
        {
            _text.Append("{}");
            return;
        }
        _text.Append('{');
        var first = true;
        foreach (var (key, value) in Ordered(dict))
        {
            if (Key(key) is not { } name) continue;
            if (!first) _text.Append(ItemSeparator);
            first = false;
            NewLine(depth + 1);
            Quoted(name);
            _text.Append(KeySeparator);
            Write(value, depth + 1);
        }
        if (!first || Indent is null) NewLine(depth);
        _text.Append('}');
    }

    private IEnumerable<(object Key, object Value)> Ordered(PyDict dict)
    {
        if (!SortKeys) return dict.Entries;
        var pairs = Builtins.Sorting.Sort(machine, [.. dict.Entries.Select(entry => (object)PyTuple.Of(entry.Key, entry.Value))], new PyNative("key", (_, args) => ((PyTuple)args[0]).Items[0]), isReversed: false);
        return pairs.Select(pair => (((PyTuple)pair).Items[0], ((PyTuple)pair).Items[1]));
    }

    private string? Key(object key) => key switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        PyNone none when ReferenceEquals(none, PyNone.Value) => "null",
        long or System.Numerics.BigInteger => Numerals.Text(key),
        double number => Float(number),
        _ => SkipKeys ? null : throw Raise.Type($"keys must be str, int, float, bool or None, not {Types.ShortName(Types.Of(key))}"),
    };

    private string Float(double number)
    {
        if (double.IsFinite(number)) return Writing.Float(number);
        if (!AllowNan) throw Raise.Value("Out of range float values are not JSON compliant");
        return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
    }

    private void NewLine(int depth)
    {
        if (Indent is null) return;
        _text.Append('\n');
        for (var level = 0; level < depth; level++) _text.Append(Indent);
    }

    private void Quoted(string text)
    {
        _text.Append('"');
        foreach (var unit in text)
            switch (unit)
            {
                case '"' or '\\':
                    _text.Append('\\').Append(unit);
                    break;
                case '\n' or '\r' or '\t' or '\b' or '\f':
                    _text.Append('\\').Append(unit switch { '\n' => 'n', '\r' => 'r', '\t' => 't', '\b' => 'b', _ => 'f' });
                    break;
                default:
                    if (unit < ' ' || EnsureAscii && unit > 126) _text.Append($"\\u{(int)unit:x4}");
                    else _text.Append(unit);
                    break;
            }
        _text.Append('"');
    }
}
