using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Mcp.Tests.Tools;
using Rlm.Recursion;
using Rlm.Scripted;

namespace Rlm.Mcp.Tests.Sessions;

/// <summary>Agents that solve their task by a program, with a scripted model: the answer equals what a count without any index gives.</summary>
public sealed class ProgramSessionTests
{
    private const int Files = 40;

    private static readonly string[] Source = ["src"];
    private static readonly string[] Folders = ["alpha", "beta", "gamma"];
    private static readonly string[] Kinds = ["int", "string", "double"];

    public static TheoryData<string> Engines => ProgramToolTests.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task CountingTask_GivesTheTruth(string engine)
    {
        const string Code = """
            counts = collections.Counter(hit['path'].split('/')[1] for hit in search('TODO', mode='word', in_='lang:csharp'))
            answer['content'] = json.dumps(dict(sorted(counts.items())))
            answer['content']
            """;
        var repository = Some(out var methods, out var todos);
        var (answer, asked) = await SolveAsync(engine, "count the TODO lines of each folder", Code, repository);
        Assert.Equal(JsonSerializer.Serialize(new SortedDictionary<string, int>(todos, StringComparer.Ordinal)), answer.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(2, asked);
        Assert.NotEmpty(methods);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task PairsTask_GivesTheTruth(string engine)
    {
        const string Code = """
            by = collections.defaultdict(list)
            for f in files('lang:csharp'):
                for top in outline(f['path']):
                    for member in top['children']:
                        if member['kind'] == 'method':
                            parts = member['signature'].split('(')
                            by[parts[0].split()[-2] + '(' + parts[1].split()[0]].append(f['path'] + '#' + member['name'])
            pairs = sorted([a, b] for names in by.values() for a, b in itertools.combinations(sorted(names), 2))
            answer['content'] = json.dumps(pairs)
            print(len(pairs))
            answer['content']
            """;
        var repository = Some(out var methods, out _);
        var truth = from left in methods from right in methods where left.Kind == right.Kind && string.CompareOrdinal(left.Name, right.Name) < 0 orderby left.Name, right.Name select new[] { left.Name, right.Name };
        var (answer, _) = await SolveAsync(engine, "which methods have the same signature?", Code, repository);
        var pairs = JsonSerializer.Deserialize<string[][]>(answer)!;
        Assert.Equal(truth.Select(pair => string.Join(' ', pair)).Order(StringComparer.Ordinal), pairs.Select(pair => string.Join(' ', pair)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Draft_OfTheProgram_RemainsWhenTheSessionIsCutShort()
    {
        await using var server = new ScriptedModelServer(request => request.Number == 1 ? ScriptedReply.Call("program", new { code = "answer['content'] = 'half of it'" }) : ScriptedReply.Say("I am not sure."));
        using var bench = Bench(server, "builtin", []);
        var answer = bench.Json("recurse", new { task = "explore", over = Source, mode = "agent" });
        Assert.Contains("program", server.Requests.First().Tools);
        Assert.Equal((false, "partial"), (answer.Bool("ready"), answer.Str("status")));
        Assert.Contains("half of it", answer.Str("answer") + " " + answer.ToJsonString());
    }

    [Theory, MemberData(nameof(Engines))]
    public void Program_UnderASubAgentsSession_SeesItsScopeOnly_AndCountsOnItsBudget(string engine)
    {
        var recursion = new RecursionOptions { Model = "host", Programs = ProgramToolTests.Options(engine) };
        using var bench = new ToolBench { Recursion = recursion, BackEnds = new(recursion, _ => null, null) };
        bench.Write("src/a.txt", "one\n").Write("src/b.txt", "two\n").Write("other/secret.txt", "the hidden word\n");
        var parent = bench.Json("recurse", new { task = "judge every file", over = Source, mode = "map" }, unlimited: false);
        var session = parent.List("children").First().Str("session")!;
        bench.Text("search", new { pattern = "hidden", @as = "found" });
        var answer = JsonNode.Parse(bench.Call("program", new
        {
            session,
            code = """
                seen = []
                for attempt in (lambda: read('other/secret.txt'), lambda: len(outline('other')), lambda: [f for f in files('other')], lambda: read('src/../other/secret.txt')):
                    try:
                        seen.append(str(attempt()))
                    except Exception as error:
                        seen.append('refused')
                sets['mine'] = files()
                [seen, len(search('hidden')), sorted(f['path'] for f in files()), len(sets['found']), len(sets['mine'])]
                """,
        }, json: true).Text)!;
        Assert.Null(answer["error"]);
        Assert.DoesNotContain("hidden word", answer.ToJsonString());
        Assert.All(answer["value"]![0]!.AsArray(), seen => Assert.Contains((string)seen!, (string[])["refused", "0", "[]"]));
        Assert.Equal("""[0,["src/a.txt","src/b.txt"],0,2]""", new JsonArray([.. answer["value"]!.AsArray().Skip(1).Select(item => item!.DeepClone())]).ToJsonString());
        Assert.Equal(session, answer.Str("session"));
        Assert.StartsWith("RuntimeError", bench.Call("program", new { session, code = "llm('x')" }).Text.Split('\n').Last(line => line.Contains("Error", StringComparison.Ordinal)));
        Assert.Contains(bench.Json("session", new { id = session, action = "trajectory" }).List("trajectory"), entry => entry.Str("tool") == "program");
    }

    // The model runs the program, then hands in what it gave.
    private static async Task<(string Answer, int Requests)> SolveAsync(string engine, string task, string code, IReadOnlyList<(string Path, string Text)> repository)
    {
        await using var server = new ScriptedModelServer(request =>
        {
            if (request.Number == 1) return ScriptedReply.Call("program", new { code });
            var value = request.Text.Split('\n').Last(line => line.StartsWith("value: '", StringComparison.Ordinal));
            return ScriptedReply.Call("answer", new { content = value["value: '".Length..].TrimEnd('\''), ready = true });
        });
        using var bench = Bench(server, engine, repository);
        var answer = bench.Json("recurse", new { task, over = Source, mode = "agent" });
        Assert.Equal(("complete", true), (answer.Str("status"), answer.Bool("ready")));
        Assert.Empty(bench.Faults);
        return (answer.Str("answer")!, server.Requests.Count);
    }

    private static ToolBench Bench(ScriptedModelServer server, string engine, IReadOnlyList<(string Path, string Text)> repository)
    {
        var recursion = new RecursionOptions { Model = "anthropic:claude-sonnet-4-5", Programs = ProgramToolTests.Options(engine) };
        var bench = new ToolBench { Recursion = recursion, BackEnds = new(recursion, name => name switch { "ANTHROPIC_API_KEY" => "key", "ANTHROPIC_BASE_URL" => server.Url.ToString(), _ => null }, null) };
        foreach (var (path, text) in repository) bench.Write(path, text);
        // Outside the session's scope: whoever counts it is wrong.
        return bench.Write("other/Decoy.cs", "// TODO\nclass Decoy { int Same(int a) => a; }\n").Write("src/notes.md", "TODO\n");
    }

    private static List<(string Path, string Text)> Some(out List<(string Name, string Kind)> methods, out Dictionary<string, int> todos)
    {
        var random = new Random(11);
        var files = new List<(string, string)>();
        (methods, todos) = ([], []);
        for (var number = 0; number < Files; number++)
        {
            var folder = Folders[random.Next(Folders.Length)];
            var path = $"src/{folder}/C{number}.cs";
            var text = new System.Text.StringBuilder();
            for (var todo = random.Next(4); todo > 0; todo--)
            {
                text.Append("// TODO this\n// TODOS not this\n");
                todos[folder] = todos.GetValueOrDefault(folder) + 1;
            }
            text.Append(CultureInfo.InvariantCulture, $"class C{number}\n{{\n");
            for (var method = random.Next(3); method > 0; method--)
            {
                var (result, parameter) = (Kinds[random.Next(3)], Kinds[random.Next(3)]);
                text.Append(CultureInfo.InvariantCulture, $"    {result} M{method}({parameter} a) => default;\n");
                methods.Add(($"{path}#M{method}", $"{result}({parameter}"));
            }
            files.Add((path, text.Append("}\n").ToString()));
        }
        return files;
    }
}
