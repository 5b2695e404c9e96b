using System.Text;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Writes values as <c>repr</c> does; a container inside itself as <c>[...]</c>.</summary>
internal sealed class ReprWriter(Machine machine)
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<object> _active = new(ReferenceEqualityComparer.Instance);
    private int _charged;

    public override string ToString() => _text.ToString();

    public void Write(object value)
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
                _text.Append(Writing.Quoted(text));
                break;
            case bool truth:
                _text.Append(truth ? "True" : "False");
                break;
            case long or System.Numerics.BigInteger:
                _text.Append(Numerals.Text(value));
                break;
            case double number:
                _text.Append(Writing.Float(number));
                break;
            case PyNone none:
                _text.Append(none.Name);
                break;
            default:
                Nested(value);
                break;
        }
    }

    private void Nested(object value)
    {
        if (!_active.Add(value))
        {
            _text.Append(value switch { PyDict => "{...}", PyTuple => "(...)", PyList or PyDeque => "[...]", _ => "..." });
            return;
        }
        machine.Enter();
        try
        {
            Container(value);
        }
        finally
        {
            machine.Leave();
            _active.Remove(value);
        }
    }

    private void Container(object value)
    {
        switch (value)
        {
            case PyList list:
                Items("[", list.Items, "]");
                break;
            case LazyList lazy:
                Items("[", lazy.Drain(), "]");
                break;
            case PyTuple { Type: { } type } named:
                Fields(type.Name, type.Fields!.Zip(named.Items));
                break;
            case PyTuple tuple:
                Items("(", tuple.Items, tuple.Items.Length == 1 ? ",)" : ")");
                break;
            case PyDict dict:
                Dict(dict);
                break;
            case PySet set:
                if (set.Count == 0) _text.Append(set.Frozen ? "frozenset()" : "set()");
                else Items(set.Frozen ? "frozenset({" : "{", set.Items, set.Frozen ? "})" : "}");
                break;
            case PyDictView view:
                Items(view.Kind + "([", view.Dict.Entries.Select(entry => view.Of(entry.Key, entry.Value)), "])");
                break;
            case PyRange range:
                _text.Append("range(").Append(range.Start).Append(", ").Append(range.Stop).Append(range.Step == 1 ? "" : $", {range.Step}").Append(')');
                break;
            case PyDeque deque:
                Items("deque([", deque.Items, deque.Maximum is { } maximum ? $"], maxlen={maximum})" : "])");
                break;
            case PySlice slice:
                Items("slice(", [slice.Start, slice.Stop, slice.Step], ")");
                break;
            case PyInstance instance:
                Instance(instance);
                break;
            default:
                Other(value);
                break;
        }
    }

    private void Other(object value) => _text.Append(value switch
    {
        PyClass { Members: not null } type => $"<class '__main__.{type.FullName}'>",
        PyClass type => $"<class '{(ReferenceEquals(type, Types.Counter) ? "collections.Counter" : type.Name)}'>",
        PyFunction function => $"<function {function.Code.Name}>",
        PyNative { Receiver: { } receiver } native => $"<built-in method {native.Name} of {Types.NameOf(receiver)} object>",
        PyNative native => $"<built-in function {native.Name}>",
        PyMethod { Function: PyFunction bound } => $"<bound method {bound.Code.Name}>",
        PyModule module => $"<module '{module.Name}'>",
        Modules.PyMatch match => match.Repr(machine),
        Modules.PyPattern pattern => pattern.Repr(machine),
        HostMap map => map.Repr(machine),
        _ => $"<{Types.NameOf(value)} object>",
    });

    private void Instance(PyInstance instance)
    {
        if (instance.Type.Find("__repr__") is { } own)
        {
            _text.Append(Calls.Call(machine, Attributes.Bound(machine, own, instance, instance.Type), Args.None) as string ?? throw Raise.Type("__repr__ returned non-string"));
            return;
        }
        if (instance is PyException exception)
        {
            _text.Append(exception.Type.Name);
            Items("(", exception.Arguments.Items, ")");
        }
        else if (instance.Type.Data is not null) Fields(instance.Type.Name, instance.Type.Fields!.Zip(Instances.Values(instance).Items));
        else _text.Append($"<{(instance.Type.Members is null ? "" : "__main__.")}{instance.Type.Name} object>");
    }

    private void Fields(string type, IEnumerable<(string Name, object Value)> fields)
    {
        _text.Append(type).Append('(');
        var first = true;
        foreach (var (name, value) in fields)
        {
            _text.Append(first ? "" : ", ").Append(name).Append('=');
            Write(value);
            first = false;
        }
        _text.Append(')');
    }

    private void Items(string open, IEnumerable<object> items, string close)
    {
        _text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) _text.Append(", ");
            Write(item);
            first = false;
        }
        _text.Append(close);
    }

    private void Dict(PyDict dict)
    {
        if (dict.Kind == DictKind.Default)
        {
            _text.Append("defaultdict(");
            Write(dict.Factory ?? PyNone.Value);
            _text.Append(", ");
            Entries(dict.Entries);
            _text.Append(')');
        }
        else if (dict.Kind == DictKind.Ordered)
        {
            _text.Append("OrderedDict(");
            if (dict.Count > 0) Items("[", dict.Entries.Select(entry => (object)PyTuple.Of(entry.Key, entry.Value)), "]");
            _text.Append(')');
        }
        else if (dict.Kind == DictKind.Counter)
        {
            _text.Append("Counter(");
            if (dict.Count > 0) Entries(Modules.CounterOps.MostCommon(machine, dict));
            _text.Append(')');
        }
        else Entries(dict.Entries);
    }

    private void Entries(IEnumerable<(object Key, object Value)> entries)
    {
        _text.Append('{');
        var first = true;
        foreach (var (key, value) in entries)
        {
            if (!first) _text.Append(", ");
            Write(key);
            _text.Append(": ");
            Write(value);
            first = false;
        }
        _text.Append('}');
    }
}
