using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Slices;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tests.Tools;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Context;

namespace Rlm.Mcp.Tests.Sessions;

/// <summary>Every line of a repository carries a word of its own; no answer to a session may hold the word of a line that its scope does not. Names of symbols around lines in scope may be told.</summary>
public sealed partial class ScopeLeakTests : IDisposable
{
    private const int Files = 8;

    private readonly ToolBench _bench = new();
    private readonly Dictionary<string, string[]> _lines = new(StringComparer.Ordinal);
    private readonly ContextStore _store;
    private readonly IReadOnlyList<ITool> _tools;
    private readonly StoreContext _context;

    public ScopeLeakTests()
    {
        for (var file = 0; file < Files; file++) Write(file);
        _store = new(new ContextOptions { Root = _bench.Root, CacheFolder = _bench.At("../cache"), Time = new StillTime() });
        _tools = [new MapTool(() => _store), new SearchTool(() => _store), new ReadTool(() => _store)];
        _context = new(() => _store, _tools);
        _bench.Text("search", new { pattern = "void", @as = "voids" });
    }

    public void Dispose()
    {
        _store.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public void AnswersHoldNoLineOutsideTheScope()
    {
        for (var seed = 0; seed < 1_500; seed++)
        {
            var random = new Random(seed);
            var scope = new ContextScope([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => (IReadOnlyList<string>)[.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Target(random, isScope: true))])]);
            var inside = Inside(scope);
            var (tool, arguments) = Call(random);
            var outcome = _context.Tools.Single(offered => offered.Name == tool).Call(scope, arguments, CancellationToken.None);
            Check(seed, scope, inside, tool, arguments, outcome.Text);
            var given = arguments.Select(pair => KeyValuePair.Create(pair.Key, JsonSerializer.SerializeToElement(pair.Value)));
            var json = ToolRegistry.Call(_tools.Single(one => one.Definition.Name == tool), given, new ToolContext(true, null) { Within = scope.Layers }, CancellationToken.None);
            Check(seed, scope, inside, tool, arguments, json.Text);
            if (!outcome.IsError && outcome.Text.Split('\n')[^1] is var last && last.StartsWith("cursor: ", StringComparison.Ordinal))
            {
                var other = new ContextScope([[Target(random, isScope: true)]]);
                var cursor = new JsonObject { ["cursor"] = last["cursor: ".Length..] };
                Check(seed, other, Inside(other), tool, cursor, _context.Tools.Single(offered => offered.Name == tool).Call(other, cursor, CancellationToken.None).Text);
            }
        }
    }

    private void Check(int seed, ContextScope scope, HashSet<string> inside, string tool, JsonObject arguments, string text)
    {
        // What the caller wrote may come back to it.
        var given = Word().Matches(arguments.ToJsonString()).Select(match => match.Value).ToHashSet();
        var leaked = Word().Matches(text).Select(match => match.Value).FirstOrDefault(word => !inside.Contains(word) && !given.Contains(word));
        Assert.True(leaked is null, $"seed {seed}: {leaked} leaked from {JsonSerializer.Serialize(scope.Layers)} by {tool} {arguments.ToJsonString()}:\n{text}");
    }

    // By the naive reading of each layer; sets, symbols and handles stand for their lines.
    private HashSet<string> Inside(ContextScope scope)
    {
        var inside = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, lines) in _lines)
            for (var line = 1; line <= lines.Length; line++)
                if (scope.Layers.All(layer => layer.Any(target => Holds(target, path, line)))) inside.Add(WordOf(path, line));
        return inside;
    }

    private bool Holds(string target, string path, int line)
    {
        if (target.StartsWith('@')) return _lines[path][line - 1].Contains("void", StringComparison.Ordinal);
        if (Ranged().Match(target) is { Success: true } match) return match.Groups[1].Value == path && line >= Number(match, 2) && line <= Number(match, 3);
        if (target.Contains('#', StringComparison.Ordinal)) return target.StartsWith(path + "#", StringComparison.Ordinal) && line is >= 6 and <= 10;
        return target == path || path.StartsWith(target + "/", StringComparison.Ordinal);
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private (string Tool, JsonObject Arguments) Call(Random random)
    {
        var arguments = new JsonObject();
        if (random.Next(3) == 0) arguments["budget"] = random.Next(200, 2_000);
        switch (random.Next(3))
        {
            case 0:
                if (random.Next(4) > 0) arguments["path"] = Target(random, isScope: false);
                if (random.Next(2) == 0) arguments["view"] = Pick(random, "tree", "outline", "outline");
                if (random.Next(4) == 0) arguments["in"] = Target(random, isScope: false);
                return ("map", arguments);
            case 1:
                arguments["mode"] = Pick(random, "literal", "regex", "word", "symbol", "ranked");
                arguments["pattern"] = Pick(random, "w", "void", "Method1", "Type3", "class", "int", WordOf(Path(3), 7), "Typ33", "method that returns the word of type");
                if (random.Next(2) == 0) arguments["context"] = random.Next(21);
                if (random.Next(4) == 0) arguments["in"] = Target(random, isScope: false);
                if (arguments["mode"]!.GetValue<string>() is "symbol" or "ranked") arguments.Remove("context");
                return ("search", arguments);
            default:
                arguments["targets"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (JsonNode)Target(random, isScope: false))]);
                if (random.Next(2) == 0) arguments["unit"] = Pick(random, "lines", "symbol", "type", "file");
                if (random.Next(2) == 0) arguments["view"] = Pick(random, "source", "signature", "outline");
                return ("read", arguments);
        }
    }

    private string Target(Random random, bool isScope)
    {
        var path = Path(random.Next(Files));
        var (start, end) = (random.Next(1, 12), random.Next(12, 21));
        if (random.Next(2) == 0) end = random.Next(start, 21);
        return random.Next(isScope ? 6 : 9) switch
        {
            0 => path.Split('/')[0],
            1 => path,
            2 => string.Create(CultureInfo.InvariantCulture, $"{path}:{start}-{end}"),
            3 => HandleOf(path, start, end),
            4 => path.EndsWith(".cs", StringComparison.Ordinal) ? $"{path}#{TypeOf(path)}.Method1" : path,
            5 => "@voids",
            6 => string.Create(CultureInfo.InvariantCulture, $"{path}:{random.Next(1, 900)}"),
            7 => $"{TypeOf(path)}.Method{random.Next(4)}",
            _ => Pick(random, "src1/nosuch.cs", "Typ3.Metod1", "lang:csharp", "src0 | src1", "src2/f2.cs - src2", "**/*.cs", "@nosuch", ".env"),
        };
    }

    private string HandleOf(string path, int start, int end)
    {
        var text = string.Concat(_lines[path][(start - 1)..end].Select(line => line + "\n"));
        Assert.True(RepoPath.TryNormalize(path, out var normal));
        return Handle.Of(normal, new(start, end), text).ToString();
    }

    private void Write(int file)
    {
        var path = Path(file);
        string W(int line) => WordOf(path, line);
        // Lines 6 to 10 are Method1; words stand where signatures, bodies and comments show them.
        string[] lines = path.EndsWith(".cs", StringComparison.Ordinal)
            ? [$"namespace Space; // {W(1)}", $"// {W(2)}", $"public class {TypeOf(path)} // {W(3)}", $"{{ // {W(4)}", $"// {W(5)}", $"void Method1(int {W(6)})", $"{{ // {W(7)}", $"    // {W(8)}", $"    // {W(9)}", $"}} // {W(10)}",
               $"// {W(11)}", $"int Method2(string {W(12)})", $"{{ // {W(13)}", $"    return 0; // {W(14)}", $"}} // {W(15)}", $"void Method3(bool {W(16)})", $"{{ // {W(17)}", $"}} // {W(18)}", $"string _field = \"{W(19)}\";", $"}} // {W(20)}"]
            : [.. Enumerable.Range(1, 20).Select(line => line % 5 == 1 ? $"# Part{line}" : $"void text {W(line)}")];
        _lines[path] = lines;
        _bench.Write(path, string.Concat(lines.Select(line => line + "\n")));
    }

    private static string Path(int file) => string.Create(CultureInfo.InvariantCulture, $"src{file / 3}/f{file}{(file % 4 == 3 ? ".md" : ".cs")}");

    private static string TypeOf(string path) => "Type" + path.Split('/')[1][1..].Split('.')[0];

    private static string WordOf(string path, int line) => string.Create(CultureInfo.InvariantCulture, $"w{path.Split('/')[1][1..].Split('.')[0]}x{line:00}");

    private static T Pick<T>(Random random, params T[] from) => from[random.Next(from.Length)];

    [GeneratedRegex("w[0-9]+x[0-9]{2}")]
    private static partial Regex Word();

    [GeneratedRegex("^(.+):([0-9]+)-([0-9]+)(@[0-9a-f]{8})?$")]
    private static partial Regex Ranged();
}
