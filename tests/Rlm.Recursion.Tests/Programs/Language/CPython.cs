using System.Diagnostics;
using System.Text.Json;

namespace Rlm.Recursion.Tests.Programs.Language;

/// <summary>The system's own Python, asked for many programs in one process. Absent where the file is not there.</summary>
internal static class CPython
{
    public const string Program = "/usr/bin/python3";

    private const string Driver = """
        import sys, json, io, contextlib, warnings
        warnings.simplefilter('ignore')
        sys.stdin.reconfigure(encoding='utf-8', errors='surrogatepass'); sys.stdout.reconfigure(encoding='ascii')
        for line in sys.stdin:
            out, error = io.StringIO(), None
            with contextlib.redirect_stdout(out):
                try: exec(compile(json.loads(line), '<program>', 'exec'), {'__name__': '__main__'})
                except BaseException as e: error = [type(e).__name__, str(e)]
            print(json.dumps([out.getvalue(), error]))
        """;

    /// <summary>Why the comparison cannot be made; null when it can.</summary>
    public static string? Missing => File.Exists(Program) ? null : $"no {Program} here";

    /// <summary>For each program what it printed, and the type and text of the exception that ended it.</summary>
    public static List<(string Output, string? Type, string? Message)> Run(IReadOnlyList<string> programs)
    {
        var start = new ProcessStartInfo(Program, ["-I", "-c", Driver]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var writing = Task.Run(() =>
        {
            foreach (var program in programs) process.StandardInput.WriteLine(JsonSerializer.Serialize(program));
            process.StandardInput.Close();
        });
        var answers = new List<(string, string?, string?)>();
        while (process.StandardOutput.ReadLine() is { } line) answers.Add(Answer(line));
        writing.Wait();
        process.WaitForExit();
        return answers.Count == programs.Count ? answers : throw new InvalidOperationException($"python3 answered {answers.Count} of {programs.Count} programs.");
    }

    private static (string, string?, string?) Answer(string line)
    {
        var answer = JsonDocument.Parse(line).RootElement;
        var error = answer[1];
        return (answer[0].GetString()!, error.ValueKind == JsonValueKind.Null ? null : error[0].GetString(), error.ValueKind == JsonValueKind.Null ? null : error[1].GetString());
    }
}
