using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm.Context.Traces;

/// <summary>
/// Reads pasted stack traces (.NET, Python, Node, Java, Go, Rust) and the output of compilers and tests (MSBuild, gcc, TypeScript, pytest, Rust) line by line. Lines that name no
/// place are passed over. Bounded: so many lines, so long ones, and patterns with a time limit.
/// </summary>
public static partial class TraceParser
{
    /// <summary>Lines that are looked at.</summary>
    public const int MaxLines = 2_000;

    /// <summary>Characters of a pasted text.</summary>
    public const int MaxCharacters = 256 << 10;

    private const int MaxLine = 2_000, Budget = 100;

    /// <summary>The frames in their order, and how many lines or characters were left out.</summary>
    public static (IReadOnlyList<TraceFrame> Frames, int LinesLeft) Parse(string text)
    {
        var cut = text.Length > MaxCharacters ? text[..MaxCharacters] : text;
        var lines = cut.Split('\n');
        var frames = new List<TraceFrame>();
        string? function = null;
        foreach (var raw in lines.Take(MaxLines))
        {
            var line = (raw.Length > MaxLine ? raw[..MaxLine] : raw).Trim();
            if (line.Length > 0 && Frame(line, function) is { } frame) frames.Add(frame);
            // Go tells the function in the line above its place.
            function = GoFunction().Match(line) is { Success: true } go ? go.Groups["name"].Value : null;
        }
        return (frames, Math.Max(0, lines.Length - MaxLines) + text.AsSpan(cut.Length).Count('\n'));
    }

    /// <summary>Whether one line can hardly be anything else than a frame or a message with a place. <c>path:10:5-80</c> is a target of its own right.</summary>
    public static bool IsFrameShaped(string line)
    {
        line = line.Trim();
        if (line.Length > MaxLine || line.Contains('\n')) return false;
        try
        {
            return PythonFrame().IsMatch(line) || DotNetPlace().IsMatch(line) || DotNetFrame().IsMatch(line) || NodeFrame().IsMatch(line) || Message().IsMatch(line) || RustArrow().IsMatch(line) || (ColonPlace().Match(line) is { Success: true } place && place.Groups["rest"].Value.Contains(' '));
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static TraceFrame? Frame(string line, string? function)
    {
        try
        {
            foreach (var pattern in (ReadOnlySpan<Regex>)[PythonFrame(), DotNetPlace(), JavaFrame(), NodeFrame(), DotNetFrame(), Message(), RustArrow(), ColonPlace()])
                if (pattern.Match(line) is { Success: true } match) return Of(line, match, function);
        }
        catch (RegexMatchTimeoutException)
        {
            // Made to be hard: no frame of any tool.
        }
        return null;
    }

    private static TraceFrame? Of(string text, Match match, string? function)
    {
        var symbol = match.Groups["symbol"] is { Success: true } named ? FrameSymbol.Of(named.Value) : function is null ? null : FrameSymbol.Of(function);
        var path = match.Groups["path"] is { Success: true } file ? FilePath(file.Value) : null;
        int? line = int.TryParse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
        // Java tells the file's name alone; its folders are the package.
        if (path is not null && match.Groups["package"].Success && symbol?.Split('.') is { Length: > 2 } parts) path = string.Join('/', parts.TakeWhile(part => part.Length > 0 && !char.IsUpper(part[0])).Append(path));
        return path is null && symbol is null ? null : new(text, path, line, symbol);
    }

    private static string FilePath(string path)
    {
        path = path.Trim().Trim('"', '\'');
        foreach (var scheme in (ReadOnlySpan<string>)["file://", "webpack://", "webpack-internal://"])
            if (path.StartsWith(scheme, StringComparison.Ordinal)) path = path[scheme.Length..];
        return path.Replace('\\', '/');
    }

    // File "src/app.py", line 12, in main
    [GeneratedRegex("""^File "(?<path>[^"\n]{1,1000})", line (?<line>[0-9]{1,9})(?:, in (?<symbol>[^\s(]{1,300}))?""", RegexOptions.None, Budget)]
    private static partial Regex PythonFrame();

    // at Ns.Type.Method(String s) in /src/File.cs:line 12; Mono: at Ns.Type.Method () [0x0001f] in /src/File.cs:12
    [GeneratedRegex(@"^at (?<symbol>.{1,700}?) ?(?:\([^()]{0,700}\))?(?: \[0x[0-9a-f]{1,16}\])? in (?<path>[^:]{0,3}:?[^:\n]{1,700}):(?:line )?(?<line>[0-9]{1,9})$", RegexOptions.None, Budget)]
    private static partial Regex DotNetPlace();

    // at com.acme.App.main(App.java:12), also with a module in front
    [GeneratedRegex(@"^at (?:[\w.@-]{1,200}/{1,2})?(?<symbol>[\w.$<>]{1,700})\((?<path>[\w$.-]{1,200}\.(?:java|kt|scala|groovy|clj))(?<package>:)(?<line>[0-9]{1,9})\)", RegexOptions.None, Budget)]
    private static partial Regex JavaFrame();

    // at async fn (/src/a.js:10:5), at /src/a.js:10:5
    [GeneratedRegex(@"^at (?:(?:async |new )?(?<symbol>[^\s(]{1,300})(?: \[as [^\]]{1,100}\])? \()?(?<path>(?:file://)?[^\s()]{1,1000}?\.[A-Za-z]{1,6}):(?<line>[0-9]{1,9}):[0-9]{1,9}\)?$", RegexOptions.None, Budget)]
    private static partial Regex NodeFrame();

    // at Ns.Type.Method[T](String s), without a place
    [GeneratedRegex(@"^at (?<symbol>[\w.`+<>|\[\],\s$]{1,700}?) ?\([^()]{0,700}\)$", RegexOptions.None, Budget)]
    private static partial Regex DotNetFrame();

    // src\File.cs(12,3): error CS0103, src/a.ts(12,3): error TS2322
    [GeneratedRegex(@"^(?:[0-9]{1,6}(?::[0-9]{1,6})?>)?\s*(?<path>[^\s():][^():\n]{0,700}|[A-Za-z]:[^():\n]{1,700})\((?<line>[0-9]{1,9})(?:,[0-9]{1,9}){0,3}\)\s*:", RegexOptions.None, Budget)]
    private static partial Regex Message();

    // --> src/main.rs:12:5
    [GeneratedRegex(@"^(?:-->|:::)\s*(?<path>[^\s:]{1,1000}):(?<line>[0-9]{1,9})(?::[0-9]{1,9})?", RegexOptions.None, Budget)]
    private static partial Regex RustArrow();

    // src/a.c:12:3: error, tests/test_a.py:12: AssertionError, /src/a.go:12 +0x1d, src/a.ts:12:3 - error, at src/main.rs:12:5, panicked at src/main.rs:12:5:
    [GeneratedRegex(@"^(?:at |thread '[^']{0,100}' panicked at |panicked at |[ExW>|*]\s+)?(?<path>(?:[A-Za-z]:)?[^\s:""'()<>|]{0,900}\.[A-Za-z][\w+]{0,9}):(?<line>[0-9]{1,9})(?::[0-9]{1,9})?(?<rest>$|[:\s,)].*$)", RegexOptions.None, Budget)]
    private static partial Regex ColonPlace();

    // main.(*Server).Run(0xc000…)
    [GeneratedRegex(@"^(?<name>[\w./()*-]{1,300}\.[\w()*.]{1,300})\([^()]{0,500}\)$", RegexOptions.None, Budget)]
    private static partial Regex GoFunction();
}
