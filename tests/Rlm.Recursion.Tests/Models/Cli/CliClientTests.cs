using System.Diagnostics;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;
using Rlm.Recursion.Models.Cli;

namespace Rlm.Recursion.Tests.Models.Cli;

public class CliClientTests
{
    private const string Hanging = """
        cat >/dev/null
        trap '' TERM
        sleep 1000 & echo $! >> {pids}
        setsid sleep 1001 & echo $! >> {pids}
        ( trap '' TERM; setsid bash -c 'echo $$ >> {pids}; sleep 1002' & )
        echo $$ >> {pids}
        wait
        """;

    public static bool HasShell => OperatingSystem.IsLinux() && File.Exists("/bin/bash");

    [Fact(SkipUnless = nameof(HasShell), Skip = "needs Linux and bash")]
    public async Task Answer_ComesBack_AndTheAgentSeesLittle()
    {
        using var machine = new CliMachine("claude", """
            prompt=$(cat | base64 -w0)
            said=$( (echo "$prompt"; env | sort; echo "files: $(ls -A | wc -l)"; pwd; echo "args: $*") | base64 -w0)
            echo '{"type":"result","subtype":"success","is_error":false,"result":"'$said'","usage":{"input_tokens":3,"cache_creation_input_tokens":20,"cache_read_input_tokens":100,"output_tokens":9}}'
            """);
        var harness = Harness(machine);
        var said = Text(await harness.AskAsync()).Split('\n');
        Assert.Equal("You judge code.\n\nIs it safe?", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(said[0])));
        Assert.Contains("RLM_MCP_DEPTH=1", said);
        Assert.Contains("TERM=dumb", said);
        Assert.Contains("files: 0", said);
        Assert.Contains(said, line => line.StartsWith("args: -p --output-format json --tools  --strict-mcp-config", StringComparison.Ordinal));
        Assert.DoesNotContain(said, line => line.Contains("SECRET", StringComparison.Ordinal) || line.Contains("sk-not", StringComparison.Ordinal) || line.StartsWith("DOTNET_ROOT", StringComparison.Ordinal));
        Assert.Equal(new CallCost(1, 123, 9, 0), harness.Ledger.Spent);
        Assert.Empty(Directory.EnumerateFileSystemEntries(machine.Temporary));
    }

    [Fact(SkipUnless = nameof(HasShell), Skip = "needs Linux and bash")]
    public async Task Cancel_EndsAllThatItStarted_WithinTwoSeconds()
    {
        using var machine = new CliMachine("claude", Hanging);
        using var cancel = new CancellationTokenSource();
        var asking = Harness(machine).AskAsync(cancel.Token);
        var ids = await machine.PidsAsync(4);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.InRange(await CliMachine.GoneAfterAsync(ids), 0, 2);
    }

    [Fact(SkipUnless = nameof(HasShell), Skip = "needs Linux and bash")]
    public async Task PipeFromTheServerCloses_EverythingEnds_WithinTwoSeconds()
    {
        // What the system does when the server is killed: its ends of all pipes close.
        using var machine = new CliMachine("claude", Hanging);
        var start = new ProcessStartInfo(CliMachine.Guard[0]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in CliMachine.Guard.Skip(1).Append(CliProcess.Find(machine.Host, "claude")!)) start.ArgumentList.Add(argument);
        using var guard = Process.Start(start)!;
        await guard.StandardInput.WriteAsync("2\nhi");
        await guard.StandardInput.FlushAsync();
        var ids = await machine.PidsAsync(4);
        guard.StandardInput.Close();
        Assert.InRange(await CliMachine.GoneAfterAsync([.. ids, guard.Id]), 0, 2);
    }

    [Fact(SkipUnless = nameof(HasShell), Skip = "needs Linux and bash")]
    public async Task KilledServer_TakesItsAgentsAlong_WithinTwoSeconds()
    {
        using var machine = new CliMachine("claude", Hanging);
        var start = new ProcessStartInfo(CliMachine.Guard[0]);
        foreach (var argument in CliMachine.Guard.Skip(1).SkipLast(2).Append("__ask")) start.ArgumentList.Add(argument);
        foreach (var (name, value) in machine.Host.Environment) start.Environment[name] = value;
        start.Environment["TMPDIR"] = machine.Temporary;
        using var server = Process.Start(start)!;
        var ids = await machine.PidsAsync(4);
        server.Kill(); // SIGKILL: it can do nothing more itself
        Assert.InRange(await CliMachine.GoneAfterAsync([.. ids, server.Id]), 0, 2);
    }

    [Fact(SkipUnless = nameof(HasShell), Skip = "needs Linux and bash")]
    public async Task AgentThatEnds_LeavesNothingBehind()
    {
        using var machine = new CliMachine("claude", """
            cat >/dev/null
            (setsid sleep 1003 </dev/null >/dev/null 2>&1 & echo $! >> {pids})
            echo '{"type":"result","is_error":false,"result":"ok","usage":{"input_tokens":3,"output_tokens":9}}'
            """);
        Assert.Equal("ok", (await Harness(machine).AskAsync()).Text);
        Assert.InRange(await CliMachine.GoneAfterAsync(await machine.PidsAsync(1)), 0, 0.5);
    }

    [Theory(SkipUnless = nameof(HasShell), Skip = "needs Linux and bash")]
    [InlineData("echo '{\"type\":\"result\",\"is_error\":true,\"result\":\"Invalid API key · Please run /login\"}'; exit 1", ModelFaultKind.Denied)]
    [InlineData("echo '{\"type\":\"result\",\"is_error\":true,\"result\":\"Claude AI usage limit reached\"}'", ModelFaultKind.Quota)]
    [InlineData("echo '{\"type\":\"result\",\"is_error\":true,\"result\":\"Prompt is too long\"}'", ModelFaultKind.Refused)]
    [InlineData("echo '{\"type\":\"result\",\"result\":\"no flag\"}'", ModelFaultKind.Unavailable)]
    [InlineData("echo '[1]'", ModelFaultKind.Broken)]
    [InlineData("echo half {", ModelFaultKind.Broken)]
    [InlineData("echo 'unknown option --tools' >&2; exit 1", ModelFaultKind.Refused)]
    [InlineData("head -c 9000000 /dev/zero", ModelFaultKind.Broken)]
    public async Task BadOutput_IsAFault(string script, ModelFaultKind kind)
    {
        using var machine = new CliMachine("claude", "cat >/dev/null\n" + script);
        var model = ModelFactory.Create(ModelSpec.Parse("cli:claude"), new() { Cli = machine.Host }, new());
        var fault = await Assert.ThrowsAsync<ModelFaultException>(() => model.Client.GetResponseAsync(PaidCallsHarness.Question));
        Assert.Equal(kind, fault.Kind);
    }

    [Fact(SkipUnless = nameof(HasShell), Skip = "needs Linux and bash")]
    public async Task LargePrompt_AndAnAgentThatReadsNone_EndWell()
    {
        using var machine = new CliMachine("claude", "echo '{\"type\":\"result\",\"is_error\":false,\"result\":\"ok\",\"usage\":{\"input_tokens\":3,\"output_tokens\":9}}'");
        var model = ModelFactory.Create(ModelSpec.Parse("cli:claude"), new() { Cli = machine.Host }, new());
        Assert.Equal("ok", (await model.Client.GetResponseAsync([new(ChatRole.User, new string('x', 3_000_000))])).Text);
    }

    [Theory(SkipUnless = nameof(HasShell), Skip = "needs Linux and bash")]
    [InlineData("agent_message", null)]
    [InlineData("command_execution", ModelFaultKind.Broken)]
    [InlineData("mcp_tool_call", ModelFaultKind.Broken)]
    public async Task Codex_ThatUsesATool_IsNotBelieved(string item, ModelFaultKind? kind)
    {
        using var machine = new CliMachine("codex", $$$"""
            cat >/dev/null
            echo '{"type":"thread.started","thread_id":"1"}'
            echo '{"type":"item.completed","item":{"id":"i","type":"{{{item}}}","text":"fine"}}'
            echo '{"type":"item.completed","item":{"id":"i","type":"agent_message","text":"fine"}}'
            echo '{"type":"turn.completed","usage":{"input_tokens":50,"cached_input_tokens":10,"output_tokens":7}}'
            """);
        var model = ModelFactory.Create(ModelSpec.Parse("cli:codex"), new() { Cli = machine.Host }, new());
        if (kind is null) Assert.Equal(50, (await model.Client.GetResponseAsync(PaidCallsHarness.Question)).Usage!.InputTokenCount);
        else Assert.Equal(kind, (await Assert.ThrowsAsync<ModelFaultException>(() => model.Client.GetResponseAsync(PaidCallsHarness.Question))).Kind);
    }

    [Fact(SkipUnless = nameof(HasShell), Skip = "needs Linux and bash")]
    public async Task Gemini_IsReadWithItsSettingsOverTheUsers()
    {
        using var machine = new CliMachine("gemini", """
            cat >/dev/null
            grep -q '"core":\[\]' "$GEMINI_CLI_SYSTEM_SETTINGS_PATH" || exit 1
            echo '{"response":"fine","stats":{"models":{"g":{"tokens":{"prompt":70,"candidates":4,"thoughts":2}}},"tools":{"totalCalls":0}}}'
            """);
        var response = await ModelFactory.Create(ModelSpec.Parse("cli:gemini"), new() { Cli = machine.Host }, new()).Client.GetResponseAsync(PaidCallsHarness.Question);
        Assert.Equal(("fine", 70, 6), (response.Text, response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
    }

    [Theory(SkipUnless = nameof(HasShell), Skip = "needs Linux and bash")]
    [InlineData("[ \"$*\" = 'auth status' ]", true)]
    [InlineData("exit 1", false)]
    public async Task Login_IsAskedOfTheAgent(string script, bool expected)
    {
        using var machine = new CliMachine("claude", script);
        Assert.Equal(expected, await CliModels.IsLoggedInAsync("claude", machine.Host, default));
        Assert.Null(await CliModels.IsLoggedInAsync("gemini", new CliHost { Guard = CliMachine.Guard, Environment = new Dictionary<string, string>() }, default));
    }

    [Fact]
    public void InsideAnAgent_NoneIsStarted()
    {
        var host = new CliHost { Guard = ["/bin/false"], Environment = new Dictionary<string, string> { ["PATH"] = "/bin", [CliProcess.DepthMark] = "1" } };
        Assert.Equal("not_available", Assert.Throws<RecursionException>(() => ModelFactory.Create(ModelSpec.Parse("cli:claude"), new() { Cli = host }, new())).Code);
    }

    private static PaidCallsHarness Harness(CliMachine machine)
    {
        var model = ModelFactory.Create(ModelSpec.Parse("cli:claude"), new() { Cli = machine.Host }, new());
        return new(model.Client, change: _ => model);
    }

    private static string Text(ChatResponse response) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(response.Text));
}
