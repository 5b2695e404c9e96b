using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Rlm.Mcp.Tests.Hosting.Wire;

namespace Rlm.Mcp.Tests.Hosting;

/// <summary>Mutated messages against the real process: it neither exits nor writes anything but messages, and still answers afterwards.</summary>
[Collection(Alone.Name)]
public class WireFuzzTests
{
    private const int Seed = 20_261_121, Round = 5_000, Between = 100;

    private static readonly string[] Corpus =
    [
        Initialize(), Initialize(2, "2024-11-05", """{"roots":{"listChanged":true},"sampling":{}}"""), Initialize(3, "1999-01-01"), Initialized, Ping(4), Cancel(5),
        Call(6, "map"), Call(7, "map", """{"path":"Pump.cs","view":"outline","depth":2,"budget":500}"""),
        Call(8, "search", """{"pattern":"P(um|i)p","mode":"regex","context":1,"limit":5,"in":"lang:csharp | README.md"}"""),
        Call(9, "search", """{"pattern":"pump","as":"pumps"}""", """{"rlm-mcp/format":"json","progressToken":"p"}"""),
        Call(10, "read", """{"targets":["Pump.cs:3-5","@pumps","Pump.cs#Works.Pump"],"unit":"symbol"}""", """{"progressToken":7}"""),
        Call(11, "recurse", """{"task":"What pumps?","mode":"ask","wait":1}"""), Call(12, "nope", "{}"),
        """{"jsonrpc":"2.0","id":13,"method":"tools/list","params":{}}""",
        """{"jsonrpc":"2.0","id":14,"method":"server/discover","params":{"_meta":META}}""".Replace("META", ModernMeta, StringComparison.Ordinal),
        Call(15, "map", "{}", ModernMeta), Call(16, "read", """{"targets":["README.md"]}""", ModernMeta),
        """{"jsonrpc":"2.0","id":17,"method":"subscriptions/listen","params":{"_meta":META}}""".Replace("META", ModernMeta, StringComparison.Ordinal),
        """{"jsonrpc":"2.0","id":18,"method":"logging/setLevel","params":{"level":"debug"}}""", """{"jsonrpc":"2.0","id":19,"method":"resources/read","params":{"uri":"repo://overview"}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"roots":[{"uri":"file:///"}]}}""", """{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no"}}""",
        """{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}""", """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}""",
    ];

    private static readonly string[] Tokens = ["{", "}", "[", "]", ":", ",", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "-1", "1e999", "99999999999999999999", "\0", "\u2028", "😀", "\"_meta\":", "\"id\":", "\r", "../", "file:///etc/passwd", "%", "**", "("];

    [Fact]
    public async Task MutatedMessages_NeitherEndItNorStainStdout()
    {
        var count = Scale.Of(1_000_000, 20_000);
        for (var (round, sent) = (0, 0); sent < count; round++, sent += Round)
        {
            using var server = new ServerProcess();
            try
            {
                await FuzzAsync(server, new Random(Seed + round));
            }
            catch (Exception fault)
            {
                throw new Xunit.Sdk.XunitException($"seed {Seed}, round {round}, exited {server.HasExited}: {fault.Message}\n{server.Errors}", fault);
            }
        }
    }

    private static async Task FuzzAsync(ServerProcess server, Random random)
    {
        if (random.Next(2) == 0) await server.AskAsync(Initialize());
        for (var i = 0; i < Round; i += Between)
        {
            var bytes = new List<byte>();
            for (var j = 0; j < Between; j++) bytes.AddRange([.. Mutate(random), (byte)'\n']);
            var sync = $"sync-{i}";
            bytes.AddRange(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":"{{sync}}","method":"ping"}""" + "\n"));
            var sending = server.SendAsync(bytes.ToArray(), TestContext.Current.CancellationToken).AsTask();
            while ((await server.NextAsync())["id"]?.ToString() != sync)
            {
            }
            await sending;
        }
        Assert.False(server.HasExited);
        server.EndInput();
        var (code, _, _) = await server.ExitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(0, code);
        Assert.DoesNotContain("fault while", server.Errors, StringComparison.Ordinal);
    }

    private static byte[] Mutate(Random random)
    {
        var message = Corpus[random.Next(Corpus.Length)];
        if (random.Next(3) == 0) message = Restructure(message, random);
        var bytes = Encoding.UTF8.GetBytes(message).ToList();
        for (var times = random.Next(4); times > 0; times--) MutateBytes(bytes, random);
        if (random.Next(5_000) == 0) bytes.InsertRange(bytes.Count / 2, Enumerable.Repeat((byte)'x', 17 << 20));
        return [.. bytes.Where(b => b != '\n')];
    }

    private static void MutateBytes(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 20), bytes.Count - at);
        switch (random.Next(7))
        {
            case 0 when length > 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes.RemoveRange(at, length); break;
            case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 3: bytes.Insert(at, (byte)random.Next(256)); break;
            case 4: bytes.InsertRange(at, Enumerable.Repeat(Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]), random.Next(20) == 0 ? 500 : 1).SelectMany(token => token)); break;
            case 5: bytes.RemoveRange(at, bytes.Count - at); break;
            case 6: bytes.AddRange(Encoding.UTF8.GetBytes(Corpus[random.Next(Corpus.Length)]).Skip(at)); break;
        }
    }

    private static string Restructure(string message, Random random)
    {
        var root = JsonNode.Parse(message)!;
        var objects = Objects(root).ToList();
        var target = objects[random.Next(objects.Count)];
        var names = target.Select(pair => pair.Key).ToList();
        var name = names.Count > 0 && random.Next(4) > 0 ? names[random.Next(names.Count)] : "extra";
        if (random.Next(4) == 0) target.Remove(name);
        else target[name] = Value(random, 0);
        return root.ToJsonString(JsonSerializerOptions.Default);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject found => found.Select(pair => pair.Value).SelectMany(Objects).Prepend(found),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 3 ? 6 : 9) switch
    {
        0 => null,
        1 => random.Next(-3, 3),
        2 => 1e300,
        3 => random.Next(2) == 0,
        4 => new string('A', random.Next(2) == 0 ? 3 : 5_000),
        5 => Tokens[random.Next(Tokens.Length)],
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(60)).Select(_ => Value(random, depth + 3))]),
        7 => new JsonArray(Value(random, depth + 1)),
        _ => new JsonObject { ["a"] = Value(random, depth + 1), ["_meta"] = Value(random, depth + 1) },
    };
}
