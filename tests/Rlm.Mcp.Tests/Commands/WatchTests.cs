using System.Net;
using System.Text.Json.Nodes;
using Rlm.Mcp.Commands;
using Rlm.Scripted;

namespace Rlm.Mcp.Tests.Commands;

/// <summary><c>trace --watch</c> over a real connection on loopback.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly CommandFixture _fixture;
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    public WatchTests()
    {
        _fixture = new() { Model = new ScriptedModel(_ => ScriptedReply.Call("answer", new JsonObject { ["content"] = "</script><script>pwned()</script>" })), Stop = _stop.Token };
        _fixture.File("root/a.txt", "needle\n");
    }

    public void Dispose()
    {
        _stop.Dispose();
        _client.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task Watch_ServesThePageOfASession_AndTheirList_UntilItIsAskedToEnd()
    {
        Assert.Equal(ExitCodes.Done, Ask("needle?"));
        var (address, watch) = Start();
        var list = await _client.GetStringAsync(address);
        Assert.Contains("needle?", list);
        var id = System.Text.RegularExpressions.Regex.Match(list, "s-[a-z2-7]{26}").Value;
        using var page = await _client.GetAsync(new Uri(address + id));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("<h1>needle?</h1>", html);
        Assert.Contains("&lt;script&gt;pwned()", html);
        Assert.Equal(2, html.Split("<script").Length); // ours
        Assert.Equal("no-store", page.Headers.CacheControl?.ToString());
        Assert.Equal(["no-referrer"], page.Headers.GetValues("Referrer-Policy"));
        using var again = await SendAsync(address + id, HttpMethod.Get, ("If-None-Match", page.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        using var end = await SendAsync(address + "end", HttpMethod.Post);
        Assert.Equal(HttpStatusCode.OK, end.StatusCode);
        Assert.Equal(ExitCodes.Done, await watch);
    }

    [Fact]
    public async Task Watch_EndsWithTheProgram()
    {
        var (address, watch) = Start();
        Assert.Contains("No session is kept yet", await _client.GetStringAsync(address));
        Assert.Contains("no session runs", _fixture.Error);
        await _stop.CancelAsync();
        Assert.Equal(ExitCodes.Done, await watch);
    }

    [Fact]
    public async Task Watch_TellsNothingToWhoDoesNotKnowTheAddress()
    {
        Assert.Equal(ExitCodes.Done, Ask("needle?"));
        var (address, watch) = Start();
        var (host, token) = (new Uri(address).Authority, new Uri(address).AbsolutePath.Trim('/'));
        var other = token[..^1] + (token[^1] == '0' ? '1' : '0');
        foreach (var path in (string[])["/", "/favicon.ico", $"/{token}", $"/{other}/", $"//{token}/", "/../", $"/x/{token}/", $"/{token}/s-none", $"/{token}/../{token[..^1]}/", $"/{token}/a.txt"])
        {
            using var reply = await _client.GetAsync(new Uri($"http://{host}{path}"));
            Assert.True(reply.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, path);
            Assert.DoesNotContain("needle", await reply.Content.ReadAsStringAsync());
        }
        foreach (var name in (string[])["evil.example", $"localhost:{new Uri(address).Port}", "127.0.0.1", $"evil.example:{new Uri(address).Port}"])
        {
            // A connection for each: .NET's listener, which answers unknown hosts by itself, may end the next request on theirs with an empty 200.
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Host = name, ConnectionClose = true } };
            using var reply = await _client.SendAsync(request);
            Assert.False(reply.IsSuccessStatusCode, $"{name}: {reply} {await reply.Content.ReadAsStringAsync()}");
        }
        foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Delete, HttpMethod.Post, HttpMethod.Options])
        {
            using var reply = await SendAsync(address, method);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.StatusCode);
        }
        using var foreign = await SendAsync(address + "end", HttpMethod.Post, ("Origin", "https://evil.example"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, foreign.StatusCode);
        Assert.False(watch.IsCompleted);
        await _stop.CancelAsync();
        await watch;
    }

    [Theory]
    [InlineData(ExitCodes.BadUsage, "--watch goes alone", "--json")]
    [InlineData(ExitCodes.BadUsage, "--watch goes alone", "--html", "../x.html")]
    [InlineData(ExitCodes.Failed, "unknown_session", "s-nosuch")]
    public void Watch_OfNothing_IsToldInOneLine(int code, string expected, params string[] more)
    {
        Assert.Equal(code, _fixture.Run(["trace", "--watch", .. more]));
        Assert.Contains(expected, _fixture.Error);
    }

    private int Ask(string question) => _fixture.Run("ask", question, "--mode", "ask", "--model", "openai:m@http://localhost:9/v1");

    private (string Address, Task<int> Watch) Start()
    {
        var before = _fixture.Out.Length;
        var watch = Task.Run(() => _fixture.Run("trace", "--watch"));
        // It says where it is before it serves, and listens before it says so.
        Assert.True(SpinWait.SpinUntil(() => _fixture.Error.Contains("Ctrl+C ends", StringComparison.Ordinal) || watch.IsCompleted, TimeSpan.FromSeconds(30)));
        Assert.False(watch.IsCompleted, _fixture.Error);
        return (_fixture.Out[before..].Trim(), watch);
    }

    private async Task<HttpResponseMessage> SendAsync(string address, HttpMethod method, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request);
    }
}
