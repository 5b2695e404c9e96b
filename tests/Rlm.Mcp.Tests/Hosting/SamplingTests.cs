using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Rlm.Context;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tests.Tools;
using Rlm.Mcp.Tools;
using Rlm.Recursion;

namespace Rlm.Mcp.Tests.Hosting;

#pragma warning disable MCP9005 // deprecated in the newest protocol, and what clients of the older ones offer
/// <summary>The client's own model as a back end, over the wire.</summary>
public sealed class SamplingTests : IDisposable
{
    private readonly ToolBench _bench = new ToolBench().Write("a.txt", "needle\n");

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(true, true, "session s-")]
    [InlineData(false, true, "not_available: sampling asks your client's own model, which the operator has not allowed")]
    [InlineData(true, false, "not_available: this client does not offer sampling")]
    public async Task Sampling_NeedsTheOperatorAndTheClient(bool allowed, bool offered, string expected)
    {
        var asked = new List<string>();
        var text = await AskAsync(allowed, offered, request =>
        {
            asked.Add(string.Concat(request.Messages.SelectMany(message => message.Content).OfType<TextContentBlock>().Select(block => block.Text)));
            return """{"content":"from the client","findings":[]}""";
        });
        Assert.StartsWith(expected, text);
        if (!allowed || !offered) Assert.Empty(asked);
        else
        {
            Assert.Contains("from the client", text);
            Assert.Contains("needle", Assert.Single(asked));
            Assert.Contains("go to your client's model", text.Split('\n')[0]);
        }
    }

    [Fact]
    public async Task ClientThatSaysNo_IsNotAskedAgain()
    {
        var asked = 0;
        var text = await AskAsync(true, true, _ => { asked++; throw new McpProtocolException("the user said no", McpErrorCode.InvalidRequest); });
        Assert.Contains("failed: the model refused the request", text);
        Assert.Equal(1, asked);
    }

    private async Task<string> AskAsync(bool allowed, bool offered, Func<CreateMessageRequestParams, string> reply)
    {
        var options = new RecursionOptions { Model = "sampling" };
        var tools = ToolSet.Create(new(new ContextOptions { Root = _bench.Root }, options) { BackEnds = new(options, _ => null, null) { AllowsSampling = allowed } });
        await using var host = new HostUnderTest(tools.Tools);
        await using var client = await host.ConnectAsync("2025-11-25", offered ? new() { Handlers = new() { SamplingHandler = (request, _, _) => ValueTask.FromResult(new CreateMessageResult { Model = "m", Role = Role.Assistant, Content = [new TextContentBlock { Text = reply(request!) }] }) } } : new());
        var result = await client.CallToolAsync("recurse", new Dictionary<string, object?> { ["task"] = "what is it?", ["mode"] = "ask" }, cancellationToken: TestContext.Current.CancellationToken);
        return result.Content.OfType<TextContentBlock>().Single().Text;
    }
}
