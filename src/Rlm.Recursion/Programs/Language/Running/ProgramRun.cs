using System.Text;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>One run: read, resolve, execute, and whatever goes wrong as a <see cref="ProgramError"/>.</summary>
internal sealed class ProgramRun(Machine machine, Globals globals, string code)
{
    private readonly Frame _frame = new(machine, "<module>", []);
    private bool _isRunning;

    /// <summary>How much of the value is shown; null where it is all.</summary>
    public ShownPart? Part { get; private set; }

    public (string? Value, ProgramError? Error) Go()
    {
        try
        {
            return (Execute(), null);
        }
        catch (ProgramSyntaxException error)
        {
            return (null, Syntax(error));
        }
        catch (RefusalException error)
        {
            var line = error.Line > 0 ? error.Line : _frame.Line;
            return (null, new(error.Type, error.Message, line, $"  File \"<program>\", line {line}\n{error.Type}: {error.Message}\n"));
        }
        catch (LimitException error)
        {
            var line = error.Line > 0 ? error.Line : _frame.Line;
            return (null, new(error.Type, error.Message, line, $"  File \"<program>\", line {line}\n{error.Type}: {error.Message}\n"));
        }
        catch (PyRaise error)
        {
            return (null, Uncaught(error.Value));
        }
        catch (Exception error) when (error is InvalidCastException or NullReferenceException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or ArithmeticException or FormatException or KeyNotFoundException or NotSupportedException)
        {
            // A mistake of ours: the program ends, no except hides it, and the next one runs.
            return (null, new("SystemError", $"the built-in engine failed inside ({error.GetType().Name}: {error.Message})", _frame.Line, $"  File \"<program>\", line {_frame.Line}\nSystemError: the built-in engine failed inside\n"));
        }
        catch (Exception error) when (error is OutOfMemoryException or InsufficientExecutionStackException)
        {
            var type = error is OutOfMemoryException ? "MemoryError" : "RecursionError";
            return (null, new(type, "the program used up the engine's room", _frame.Line, $"{type}\n"));
        }
    }

    private string? Execute()
    {
        machine.Tick(code.Length / 16);
        var body = Parser.Read(code);
        var scope = new Scope(ScopeKind.Module, null, globals);
        var block = new Block(body, 1);
        block.Declare(scope);
        scope.Resolve();
        _isRunning = true;
        block.Run(_frame);
        // A draft of rows is read to its end while there is time.
        if (globals.Cell("answer").Value is PyDict answer && answer.TryGet("content", out var draft) && draft is LazyList rows) rows.Drain();
        return body.Count > 0 && body[^1] is ExpressionStmt && _frame.LastValue is { } value and not PyNone ? Shown(value) : null;
    }

    // A list that is too long to be shown is not read to its end for that.
    private string Shown(object value)
    {
        if (value is not LazyList { IsComplete: false } lazy) return Writing.Repr(machine, value);
        var (text, count) = (new StringBuilder("["), 0);
        foreach (var row in lazy.Each())
        {
            var one = Writing.Repr(machine, row);
            if (text.Length + one.Length > machine.MaxOutput && !lazy.IsComplete)
            {
                Part = new(Math.Max(1, count), lazy.Total);
                if (count == 0) text.Append(one, 0, machine.MaxOutput);
                return text.Append(lazy.Total is { } total ? $", … {total - Part.Shown} more rows cut" : ", … more rows cut").ToString();
            }
            text.Append(count++ == 0 ? "" : ", ").Append(one);
            machine.ChargeText(one.Length);
        }
        return text.Append(']').ToString();
    }

    private ProgramError Syntax(ProgramSyntaxException error)
    {
        var source = Lines();
        var shown = error.Line >= 1 && error.Line <= source.Length ? $"    {source[error.Line - 1].Trim()}\n" : "";
        return new(error.Type, error.Message, error.Line, $"  File \"<program>\", line {error.Line}\n{shown}{error.Type}: {error.Message}\n");
    }

    private ProgramError Uncaught(PyException exception)
    {
        machine.Depth = 0;
        if (_isRunning) exception.Trace.Add(("<module>", _frame.Line));
        try
        {
            var summary = Exceptions.Summary(machine, exception);
            var message = summary.Contains(": ", StringComparison.Ordinal) ? summary[(summary.IndexOf(": ", StringComparison.Ordinal) + 2)..] : "";
            return new(exception.Type.Name, message, exception.Trace.Count > 0 ? exception.Trace[0].Line : 0, Exceptions.Traceback(machine, exception, Lines()));
        }
        catch (Exception error) when (error is LimitException or RefusalException or PyRaise)
        {
            return new(exception.Type.Name, "", _frame.Line, $"{exception.Type.Name}\n");
        }
    }

    private string[] Lines() => code.Split('\n');
}
