using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Rlm.Mcp.Commands;
using Rlm.Mcp.Tests.Commands;
using Rlm.Scripted;

namespace Rlm.Mcp.Tests.Sessions;

/// <summary>The spans of a run at an endpoint on loopback.</summary>
public class SpanExportTests
{
    [Fact]
    public async Task Otlp_GetsTheSpansOfARun_AndNoText()
    {
        using var collector = new HttpListener();
        var url = Listen(collector);
        var first = collector.GetContextAsync();
        using var fixture = new CommandFixture { Model = new ScriptedModel(_ => ScriptedReply.Call("answer", new JsonObject { ["content"] = "the reply" })) };
        fixture.File("root/a.txt", "haystack\n");
        var run = Task.Run(() => fixture.Run("ask", "needle?", "--mode", "ask", "--model", "openai:m@http://localhost:9/v1", "--otlp", url));
        var request = await first.WaitAsync(TimeSpan.FromSeconds(30));
        using var body = new MemoryStream();
        await request.Request.InputStream.CopyToAsync(body);
        request.Response.Close();
        Assert.Equal(ExitCodes.Done, await run);
        Assert.Equal(("POST", "/v1/traces", "application/x-protobuf"), (request.Request.HttpMethod, request.Request.Url!.AbsolutePath, request.Request.ContentType));
        var text = Encoding.Latin1.GetString(body.ToArray());
        foreach (var word in (string[])["rlm-mcp", "invoke_agent ask"]) Assert.Contains(word, text);
        foreach (var word in (string[])["needle", "haystack", "the reply", "a.txt"]) Assert.DoesNotContain(word, text);
    }

    [Fact]
    public void Otlp_WithoutACollector_DoesNotHoldTheAnswerUp()
    {
        using var fixture = new CommandFixture { Model = new ScriptedModel(_ => ScriptedReply.Call("answer", new JsonObject { ["content"] = "the reply" })) };
        fixture.File("root/a.txt", "haystack\n");
        Assert.Equal(ExitCodes.Done, fixture.Run("ask", "needle?", "--mode", "ask", "--model", "openai:m@http://localhost:9/v1", "--otlp", "http://127.0.0.1:9"));
        Assert.Contains("the reply", fixture.Out);
    }

    [Theory]
    [InlineData("localhost:4318")]
    [InlineData("ftp://localhost")]
    [InlineData("http://user:word@localhost:4318")]
    [InlineData("http://collector.example:4318", "--offline")]
    public void Otlp_ThatMakesNoSense_IsBadUsage(string url, params string[] more)
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.BadUsage, fixture.Run(["probe", "x", "--otlp", url, .. more]));
        Assert.Contains("--otlp: ", fixture.Error);
    }

    private static string Listen(HttpListener collector)
    {
        while (true)
        {
            var url = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}";
            collector.Prefixes.Add(url + "/");
            try
            {
                collector.Start();
                return url;
            }
            catch (HttpListenerException)
            {
                collector.Prefixes.Clear(); // taken
            }
        }
    }
}
