using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs;

/// <summary>What came of a program as text for a model or a person: output, value, error with the program's own lines, variables, draft, notes.</summary>
public static class ProgramText
{
    private const int MostVariables = 20, LongestDraft = 300;

    /// <summary>The text, in which output and value share what the short rest leaves; what is cut is counted.</summary>
    /// <param name="report">What came of it.</param>
    /// <param name="head">Line 1.</param>
    /// <param name="bytes">UTF-8 bytes of all of it.</param>
    public static string Of(ProgramReport report, string head, long bytes)
    {
        var tail = Tail(report);
        var room = (int)Math.Min(1 << 24, bytes) - Bytes(head) - Bytes(tail) - 200;
        // A text of several lines is read, not parsed; everything else has Python's own form.
        var lines = report.Plain is JsonValue plain && plain.TryGetValue<string>(out var text) && text.Contains('\n', StringComparison.Ordinal) ? text : null;
        var value = report.Value is null ? "" : $"value:{(lines is null ? " " : "\n")}{Fitting(lines ?? report.Value, room / (report.Stdout.Length > 0 ? 2 : 1), 0)}\n";
        var output = Fitting(report.Stdout, room - Bytes(value), report.Cut);
        if (output.Length > 0 && !output.EndsWith('\n')) output += "\n";
        return $"{head}\n{output}{value}{tail}".TrimEnd('\n');
    }

    /// <summary><c>complete</c>, or what it failed with; host calls and seconds.</summary>
    public static string Status(ProgramReport report) => string.Create(CultureInfo.InvariantCulture,
        $"{report.Engine} · {(report.Error is { } error ? $"failed: {error.Type}" : "complete")} · {report.Calls:N0} host call{(report.Calls == 1 ? "" : "s")} · {report.Seconds:0.0##} s");

    /// <summary><c>… N characters cut</c>, or nothing.</summary>
    public static string CutWords(long cut) => cut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"… {cut} characters cut");

    private static string Tail(ProgramReport report)
    {
        var tail = new StringBuilder();
        if (report.Error is { } error)
        {
            var trace = error.Traceback.TrimEnd('\n');
            // Python's own form ends with the error itself.
            if (trace.LastIndexOf('\n') is var last && trace.AsSpan(last + 1).StartsWith(error.Type, StringComparison.Ordinal)) trace = trace[..Math.Max(0, last)];
            if (trace.Length > 0) tail.Append(trace).Append('\n');
            tail.Append(CultureInfo.InvariantCulture, $"{error.Type}: {error.Message}{(error.Line is { } line ? $" (line {line})" : "")}\n");
        }
        if (report.Variables.Count > 0)
            tail.Append("variables: ").AppendJoin(", ", report.Variables.Take(MostVariables).Select(Words)).Append(report.Variables.Count > MostVariables ? $" and {report.Variables.Count - MostVariables} more" : "").Append('\n');
        if (report.Variables.Where(variable => !variable.Lasts).Select(variable => variable.Name).ToList() is { Count: > 0 } passing)
            tail.Append("not kept when the worker ends: ").AppendJoin(", ", passing.Take(MostVariables)).Append(passing.Count > MostVariables ? $" and {passing.Count - MostVariables} more" : "").Append('\n');
        if (report.Answer is { Content.Length: > 0 } answer) tail.Append(answer.Ready ? "answer: " : "answer (draft): ").Append(Line(answer.Content)).Append('\n');
        foreach (var note in report.Notes) tail.Append("note: ").Append(note).Append('\n');
        return tail.ToString();
    }

    private static string Words(ProgramVariable variable) => $"{variable.Name} {variable.Type}{(variable.Size is { } length ? string.Create(CultureInfo.InvariantCulture, $"({length:N0})") : "")}";

    private static string Line(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestDraft ? line : $"{line[..LongestDraft]}{CutWords(line.Length - LongestDraft)}";
    }

    private static string Fitting(string text, int bytes, long cut)
    {
        if (Bytes(text) <= bytes) return text + CutWords(cut);
        var shown = Math.Min(text.Length, Math.Max(0, bytes));
        while (shown > 0 && Encoding.UTF8.GetByteCount(text.AsSpan(0, shown)) > bytes) shown = shown * 7 / 8;
        if (shown > 0 && char.IsHighSurrogate(text[shown - 1])) shown--;
        return text[..shown] + CutWords(text.Length - shown + cut);
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
