using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A function's body with what a call needs to know.</summary>
internal sealed class Code(string name, IReadOnlyList<Parameter> parameters, Block body, Scope scope)
{
    private readonly int _slots = scope.SlotCount;
    private readonly int[] _cells = scope.CellSlots;
    private readonly bool _isGenerator = body.Yields, _isPlain = parameters.All(parameter => parameter is { Stars: 0, IsKeywordOnly: false });

    public string Name { get; } = name;

    /// <summary>With the functions and classes around it, for messages.</summary>
    public string FullName { get; } = scope.Outer!.Qualify(name);

    public IReadOnlyList<Parameter> Parameters { get; } = parameters;

    public (int Here, int Outside)[] Free { get; } = scope.Free;

    /// <summary>The text that the body begins with.</summary>
    public string? Doc { get; } = body.Statements is [ExpressionStmt { Value: ConstExpr { Value: string doc } }, ..] ? doc : null;

    public object Invoke(Machine machine, PyFunction function, Args args)
    {
        var slots = new object?[_slots];
        if (_isPlain && args.Names is null && args.Items.Length == Parameters.Count) args.Items.CopyTo(slots, 0);
        else Binding.Bind(machine, function, args, slots);
        foreach (var cell in _cells) slots[cell] = new Cell { Value = slots[cell] };
        for (var index = 0; index < Free.Length; index++) slots[Free[index].Here] = function.Closure[index];
        machine.Tick();
        var frame = new Frame(machine, Name, slots);
        if (_isGenerator) return Generator(frame);
        machine.Enter();
        try
        {
            body.Run(frame);
            return frame.Result;
        }
        catch (PyRaise error) when (error.Passes(Name, frame.Line))
        {
            throw;
        }
        catch (EndException end) when (end.Passes(frame.Line))
        {
            throw;
        }
        finally
        {
            machine.Leave();
        }
    }

    private SequenceIterator Generator(Frame frame)
    {
        SequenceIterator? made = null;
        made = new SequenceIterator("generator", Values().GetEnumerator());
        return made;

        IEnumerable<object> Values()
        {
            using var steps = body.Steps(frame).GetEnumerator();
            while (Advance(steps, frame)) yield return steps.Current;
            made!.Result = frame.Result;
        }
    }

    private bool Advance(IEnumerator<object> steps, Frame frame)
    {
        try
        {
            return steps.MoveNext();
        }
        catch (PyRaise error) when (error.Passes(Name, frame.Line))
        {
            throw;
        }
        catch (PyRaise error) when (error.Value.Type.Is(ExceptionTypes.StopIteration))
        {
            throw Raise.Error("RuntimeError", "generator raised StopIteration");
        }
    }
}
