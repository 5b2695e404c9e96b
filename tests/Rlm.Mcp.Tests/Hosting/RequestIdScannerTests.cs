using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Mcp.Hosting;

namespace Rlm.Mcp.Tests.Hosting;

public class RequestIdScannerTests
{
    private static readonly string[] Names = ["id", "method", "params", "x", "jsonrpc"];

    [Theory]
    [InlineData("""{"id":1,"method":"m"}""", "1")]
    [InlineData("""{ "method" : "m" , "id" : -12 }""", "-12")]
    [InlineData("""{"method":"m","id":"a\"b\u0041"}""", "a\"bA")]
    [InlineData("""{"method":"m","params":{"id":5}}""", null)]
    [InlineData("""{"method":"m","params":"\"id\":5","id":6}""", "6")]
    [InlineData("""{"method":"id","x":"method","id":7}""", "7")]
    [InlineData("""{"id":1,"result":{}}""", null)]
    [InlineData("""{"method":"m","id":null}""", null)]
    [InlineData("""{"method":"m","id":1.5}""", null)]
    [InlineData("""{"method":"m","id":{"id":1}}""", null)]
    [InlineData("""[{"method":"m","id":1}]""", null)]
    [InlineData("""{"method":"m","id":3,"params":[[[[[""", "3")]
    [InlineData("""{"method":"m","id":3,"params":"cut""", "3")]
    [InlineData("""{"method":"m","id":"\ud800"}""", null)]
    [InlineData("garbage", null)]
    [InlineData("", null)]
    public void Message_GivesItsId(string message, string? expected) => Assert.Equal(expected, RequestIdScanner.Find(Encoding.UTF8.GetBytes(message))?.ToString());

    [Fact]
    public void AnyChunking_AgreesWithAParser()
    {
        var count = Scale.Of(10_000);
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var message = new JsonObject();
            foreach (var name in Names.OrderBy(_ => random.Next()).Take(random.Next(6))) message[name] = Value(random, 0);
            var bytes = Encoding.UTF8.GetBytes(message.ToJsonString(new JsonSerializerOptions { WriteIndented = random.Next(2) == 0 }));

            var scanner = new RequestIdScanner();
            for (var at = 0; at < bytes.Length;)
            {
                var step = Math.Min(random.Next(1, 8), bytes.Length - at);
                scanner.Feed(bytes.AsSpan(at, step));
                at += step;
            }
            Assert.True(Expected(message) == scanner.Id?.ToString(), $"seed {seed}: {message.ToJsonString()}");
        }
    }

    private static string? Expected(JsonObject message)
    {
        if (!message.ContainsKey("method") || message["id"] is not JsonValue id) return null;
        return id.GetValueKind() switch
        {
            JsonValueKind.String => id.GetValue<string>(),
            JsonValueKind.Number when id.TryGetValue(out int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 3 ? 5 : 7) switch
    {
        0 => null,
        1 => random.Next(-5, 1_000_000),
        2 => random.NextDouble(),
        3 => random.Next(2) == 0,
        4 => "id\":,{}[]\\\"é" + random.Next(10),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
        _ => new JsonObject { ["id"] = Value(random, depth + 1), ["method"] = Value(random, depth + 1) },
    };
}
