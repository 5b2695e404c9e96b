using Rlm.Recursion.Models;
using Rlm.Recursion.Models.Cli;
using Rlm.Scripted;

namespace Rlm.Recursion.Tests.Models.Cli;

/// <summary>The real program against a scripted service, where RLM_TEST_CLAUDE names its path. Nothing leaves the machine.</summary>
public class ClaudeTests
{
    public static string? Claude { get; } = Environment.GetEnvironmentVariable("RLM_TEST_CLAUDE");

    public static bool HasClaude => Claude is not null;

    [Fact(SkipUnless = nameof(HasClaude), Skip = "needs RLM_TEST_CLAUDE=/path/to/claude")]
    public async Task RealClaude_AnswersWithoutTools_InOneRequest()
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Say("forty-two") with { InputTokens = 321, OutputTokens = 12 });
        using var machine = Machine(server);
        var model = ModelFactory.Create(ModelSpec.Parse("cli:claude"), new() { Cli = machine.Host }, new());
        var response = await model.Client.GetResponseAsync(PaidCallsHarness.Question);
        Assert.Equal("forty-two", response.Text);
        var request = Assert.Single(server.Requests, request => request.IsAnthropic);
        Assert.Empty(request.Tools);
        Assert.Contains("Is it safe?", request.Text, StringComparison.Ordinal);
        Assert.Equal(321, response.Usage!.InputTokenCount);
        // What it adds of its own stays below what is reserved for it.
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(request.Body.GetRawText()), 0, model.FramingTokens);
    }

    [Fact(SkipUnless = nameof(HasClaude), Skip = "needs RLM_TEST_CLAUDE=/path/to/claude")]
    public async Task RealClaude_RefusedOrBusy_IsAFaultWithoutRetriesOfItsOwn()
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Fail(529, message: "Overloaded"));
        using var machine = Machine(server);
        var model = ModelFactory.Create(ModelSpec.Parse("cli:claude"), new() { Cli = machine.Host }, new());
        var fault = await Assert.ThrowsAsync<ModelFaultException>(() => model.Client.GetResponseAsync(PaidCallsHarness.Question));
        Assert.Equal(ModelFaultKind.Busy, fault.Kind);
        Assert.Single(server.Requests, request => request.IsAnthropic);
    }

    [Fact(SkipUnless = nameof(HasClaude), Skip = "needs RLM_TEST_CLAUDE=/path/to/claude")]
    public async Task RealClaude_IsAskedForItsLogin()
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Say("x"));
        using var machine = Machine(server);
        Assert.True(await CliModels.IsLoggedInAsync("claude", machine.Host, default));
        machine.Extra.Remove("ANTHROPIC_API_KEY");
        Assert.False(await CliModels.IsLoggedInAsync("claude", machine.Host, default));
        Assert.DoesNotContain(server.Requests, request => request.IsAnthropic);
    }

    private static CliMachine Machine(ScriptedModelServer server)
    {
        var machine = new CliMachine("claude", $"exec '{Claude}' \"$@\"");
        machine.Extra["ANTHROPIC_BASE_URL"] = server.Url.ToString().TrimEnd('/');
        machine.Extra["ANTHROPIC_API_KEY"] = "sk-ant-scripted-000000000000";
        return machine;
    }
}
