using Rlm.Recursion.Running.Planning;

namespace Rlm.Recursion.Tests.Planning;

public class BackEndChoiceTests
{
    private static readonly BackEndsFound All = new() { Asked = "auto", Configured = "openai:local@http://localhost:8080/v1", Keyed = ["anthropic:m"], LoggedIn = ["codex"], MaySample = true, InClient = true };

    [Fact]
    public void Auto_TakesTheFirstThatIsThere()
    {
        Check("openai:local@http://localhost:8080/v1", All);
        Check("anthropic:m", All with { Configured = null });
        Check("cli:codex", All with { Configured = null, Keyed = [] });
        Check("sampling", All with { Configured = null, Keyed = [], LoggedIn = [] });
        Check("host", All with { Configured = null, Keyed = [], LoggedIn = [], MaySample = false });
        Check("extractive", All with { Configured = null, Keyed = [], LoggedIn = [], MaySample = false, InClient = false });
    }

    [Fact]
    public void NothingChosen_NoKeyOrLoginIsUsed()
    {
        var found = All with { Asked = null, Configured = null };
        Check("host", found);
        Check("extractive", found with { InClient = false });
    }

    [Fact]
    public void Offline_NothingLeaves()
    {
        Check("host", All with { Offline = true, Configured = null });
        Check("host", All with { Offline = true, Configured = "anthropic:m" });
        Check("openai:local@http://localhost:8080/v1", All with { Offline = true });
    }

    [Theory]
    [InlineData("anthropic:m", "task and code go to Anthropic")]
    [InlineData("openai:m", "task and code go to OpenAI")]
    [InlineData("openai:m@https://llm.example.org/v1", "task and code go to llm.example.org")]
    [InlineData("openai:m@http://127.0.0.1:1/v1", "nothing leaves this machine")]
    [InlineData("cli:gemini", "task and code go to Google through the program gemini")]
    [InlineData("extractive", "nothing leaves this machine")]
    public void Line_SaysWhatLeaves(string model, string words) => Assert.Equal($"model {model} (chosen by the operator): {words}", BackEndChoice.Choose(new() { Asked = model }).Line);

    [Theory]
    [InlineData(true, "claude", "rlm-mcp init claude --write --model anthropic:m")]
    [InlineData(true, null, "rlm-mcp serve --model anthropic:m")]
    [InlineData(false, null, "add --model anthropic:m")]
    public void NoModelOn_CommandTurnsOnTheBestFound(bool inClient, string? client, string command) =>
        Assert.Equal(command, BackEndChoice.Choose(All with { Asked = null, Configured = null, InClient = inClient, InitName = client }).TurnOn);

    [Fact]
    public void ModelOn_NoCommand() => Assert.Null(BackEndChoice.Choose(All).TurnOn);

    private static void Check(string name, BackEndsFound found) => Assert.Equal(name, BackEndChoice.Choose(found).Name);
}
