using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A name, as a value or as a target.</summary>
internal sealed class NameExpr(string name, int line) : Target(line)
{
    private NamePlace _place;
    private int _slot;
    private Cell? _global;
    private object? _builtIn;

    public string Name { get; } = name;

    public override void Declare(Scope scope)
    {
        scope.Use(this);
        _builtIn = scope.Globals.BuiltIn(Name);
    }

    public override void DeclareStore(Scope scope)
    {
        Forbid();
        scope.Bind(Name);
        Declare(scope);
    }

    public void Place(NamePlace place, int slot, Cell? global) => (_place, _slot, _global) = (place, slot, global);

    public override object Eval(Frame frame)
    {
        switch (_place)
        {
            case NamePlace.Slot:
                return frame.Slots[_slot] ?? throw Unbound(frame);
            case NamePlace.Cell:
                return ((Cell)frame.Slots[_slot]!).Value ?? throw Unbound(frame);
            case NamePlace.Global:
                return _global!.Value ?? _builtIn ?? throw Undefined(frame);
            default:
                return frame.ClassBody!.TryGet(Name, out var member) ? member : _place == NamePlace.ClassThenCell ? ((Cell)frame.Slots[_slot]!).Value ?? throw Unbound(frame) : _global!.Value ?? _builtIn ?? throw Undefined(frame);
        }
    }

    public override void Store(Frame frame, object value)
    {
        switch (_place)
        {
            case NamePlace.Slot:
                frame.Slots[_slot] = value;
                break;
            case NamePlace.Cell:
                ((Cell)frame.Slots[_slot]!).Value = value;
                break;
            case NamePlace.Global:
                _global!.Value = value;
                break;
            default:
                frame.ClassBody!.Set(frame.Machine, Name, value);
                break;
        }
    }

    public override void Delete(Frame frame)
    {
        if (_place is NamePlace.Class or NamePlace.ClassThenCell)
        {
            if (!frame.ClassBody!.Remove(Name, out _)) throw Undefined(frame);
            return;
        }
        var known = _place switch { NamePlace.Slot => frame.Slots[_slot], NamePlace.Cell => ((Cell)frame.Slots[_slot]!).Value, _ => _global!.Value };
        if (known is null) throw _place == NamePlace.Global ? Undefined(frame) : Unbound(frame);
        if (_place == NamePlace.Slot) frame.Slots[_slot] = null;
        else (_place == NamePlace.Cell ? (Cell)frame.Slots[_slot]! : _global!).Value = null;
    }

    /// <summary>Unbinds it without asking whether it is bound: the end of <c>except … as name</c>.</summary>
    public void Forget(Frame frame)
    {
        if (_place is NamePlace.Class or NamePlace.ClassThenCell) frame.ClassBody!.Remove(Name, out _);
        else if (_place == NamePlace.Slot) frame.Slots[_slot] = null;
        else (_place == NamePlace.Cell ? (Cell)frame.Slots[_slot]! : _global!).Value = null;
    }

    private Exception Undefined(Frame frame)
    {
        frame.Line = Line;
        return Builtins.Forbidden.Names.Contains(Name) ? Refuse.Here(Refusals.Forbidden, Name) : Attributes.IsDunder(Name) ? Refuse.Here(Refusals.Dunder, Name) : Raise.Name(Name);
    }

    private PyRaise Unbound(Frame frame)
    {
        frame.Line = Line;
        return IsFree ? Raise.Error("NameError", $"cannot access free variable '{Name}' where it is not associated with a value in enclosing scope") : Raise.Error("UnboundLocalError", $"cannot access local variable '{Name}' where it is not associated with a value");
    }

    /// <summary>Whether it belongs to an outer function.</summary>
    public bool IsFree { get; set; }

    private void Forbid()
    {
        if (Name == "__debug__") throw new ProgramSyntaxException("cannot assign to __debug__", Line);
    }
}
