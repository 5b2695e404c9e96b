using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Attributes of exceptions, and their traceback as text.</summary>
internal static class Exceptions
{
    public static object? Field(Machine machine, PyException exception, string name) => name switch
    {
        "args" => exception.Arguments,
        "value" when exception.Type.Is(ExceptionTypes.StopIteration) => exception.Arguments.Items is [var value, ..] ? value : PyNone.Value,
        "msg" when exception.Type.Name is "JSONDecodeError" or "error" && exception.Arguments.Items is [string text, ..] => text,
        "name" when exception.Type.Is(ExceptionTypes.ByName["NameError"]) && exception.Arguments.Items is [string text, ..] && text.Split('\'') is [_, var quoted, ..] => quoted,
        "with_traceback" => new PyNative(name, (_, _) => exception),
        "add_note" => throw Refuse.Here(Refusals.Method, name),
        _ => NotThere(machine),
    };

    /// <summary>The traceback in CPython's form, with the chain of causes and contexts; lines of the source are shown.</summary>
    public static string Traceback(Machine machine, PyException exception, string[] source)
    {
        var text = new System.Text.StringBuilder();
        Write(machine, exception, source, text, 0);
        return text.ToString();
    }

    /// <summary>The last line: the type, and the text when there is one.</summary>
    public static string Summary(Machine machine, PyException exception)
    {
        string message;
        try
        {
            message = Writing.Str(machine, exception);
        }
        catch (PyRaise)
        {
            message = "<exception str() failed>";
        }
        if (message.Length == 0 && exception.Note is { } note) message = note;
        return message.Length == 0 ? FullName(exception.Type) : $"{FullName(exception.Type)}: {message}";
    }

    private static string FullName(PyClass type) => type.Members is not null ? "__main__." + type.Name : type.Name switch { "error" => "re.error", "JSONDecodeError" => "json.decoder.JSONDecodeError", var name => name };

    private static void Write(Machine machine, PyException exception, string[] source, System.Text.StringBuilder text, int depth)
    {
        if (depth < 20 && exception.Cause is { } cause && !ReferenceEquals(cause, exception))
        {
            Write(machine, cause, source, text, depth + 1);
            text.Append("\nThe above exception was the direct cause of the following exception:\n\n");
        }
        else if (depth < 20 && exception is { Context: { } context, HidesContext: false } && !ReferenceEquals(context, exception))
        {
            Write(machine, context, source, text, depth + 1);
            text.Append("\nDuring handling of the above exception, another exception occurred:\n\n");
        }
        text.Append("Traceback (most recent call last):\n");
        Frames(exception.Trace, source, text);
        text.Append(Summary(machine, exception)).Append('\n');
    }

    private static void Frames(List<(string Function, int Line)> trace, string[] source, System.Text.StringBuilder text)
    {
        for (var index = trace.Count - 1; index >= 0; index--)
        {
            if (trace.Count > 40 && index == trace.Count - 20)
            {
                text.Append($"  [{trace.Count - 40} more calls]\n");
                index = 20;
                continue;
            }
            var (function, line) = trace[index];
            text.Append($"  File \"<program>\", line {line}, in {function}\n");
            if (line >= 1 && line <= source.Length && source[line - 1].Trim() is { Length: > 0 } shown) text.Append("    ").Append(shown.Length > 200 ? shown[..200] : shown).Append('\n');
        }
    }

    private static object? NotThere(Machine machine)
    {
        _ = machine;
        return null;
    }
}
