using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Rlm.Context;
using Rlm.Mcp.Tests.Tools;
using Rlm.Mcp.Tools;
using Rlm.Recursion;

namespace Rlm.Mcp.Tests.Hosting;

/// <summary>What clients show beside tools: slash commands, attachments, completions; in both eras.</summary>
public sealed class PromptsAndResourcesTests : IDisposable
{
    private readonly ToolBench _bench = new ToolBench().Write("src/Pump.cs", "namespace Shop;\nclass Pump\n{\n    void Start() { }\n    void Use() => Start();\n}\n").Write("src/.env", "KEY=1\n").Write("notes.md", "# Notes\n");

    public static TheoryData<string> Eras => [Wire.Legacy, Wire.Modern];

    public void Dispose() => _bench.Dispose();

    private HostUnderTest Host() => new([], settings => settings with { Root = settings.Root with { Flag = _bench.Root }, Open = root => ToolSet.Create(new(new ContextOptions { Root = root }, new RecursionOptions())) });

    [Theory, MemberData(nameof(Eras))]
    public async Task Prompts_AreListedAndFilledIn(string era)
    {
        await using var host = Host();
        await using var client = await host.ConnectAsync(era);
        var prompts = await client.ListPromptsAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["ask_codebase", "plan_refactoring", "review_changes", "find_cause", "explain_architecture"], prompts.Select(prompt => prompt.Name));
        Assert.All(prompts, prompt => Assert.NotEmpty(prompt.Title!));
        var plan = await client.GetPromptAsync("plan_refactoring", new Dictionary<string, object?> { ["symbol"] = "Pump.Start" }, cancellationToken: TestContext.Current.CancellationToken);
        var text = Assert.IsType<TextContentBlock>(plan.Messages.Single().Content).Text;
        Assert.Contains("Shop.Pump.Start · declaration", text, StringComparison.Ordinal);
        Assert.Contains("Shop.Pump.Use · invoke", text, StringComparison.Ordinal);
        var mistake = await Assert.ThrowsAsync<McpProtocolException>(async () => await client.GetPromptAsync("plan_refactoring", new Dictionary<string, object?> { ["symbol"] = "Pumpe" }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("unknown_symbol: asked Pumpe", mistake.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Eras))]
    public async Task Resources_AreWhatTheToolsAnswer(string era)
    {
        await using var host = Host();
        await using var client = await host.ConnectAsync(era);
        Assert.Equal(["repo://overview"], (await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(resource => resource.Uri));
        Assert.Equal(["repo://file/{+path}", "session://{id}"], (await client.ListResourceTemplatesAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(template => template.UriTemplate));
        async Task<string> Read(string uri) => ((TextResourceContents)(await client.ReadResourceAsync(uri, cancellationToken: TestContext.Current.CancellationToken)).Contents.Single()).Text;
        Assert.StartsWith("map .", await Read("repo://overview"), StringComparison.Ordinal);
        Assert.Contains("1\tnamespace Shop;", await Read("repo://file/src/Pump.cs"), StringComparison.Ordinal);
        foreach (var uri in (string[])["repo://file/src/.env", "repo://file/src/%2Eenv", "repo://file/../x", "repo://file/%2E%2E/x", "repo://file/nothing", "repo://other", "session://none", "file:///etc/passwd", "repo://file/"])
            await Assert.ThrowsAsync<McpProtocolException>(() => Read(uri));
        Assert.StartsWith("map .", await Read("repo://overview"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Eras))]
    public async Task Completions_AreOfPathsSymbolsAndScopes(string era)
    {
        await using var host = Host();
        await using var client = await host.ConnectAsync(era);
        async Task<IEnumerable<string>> Complete(Reference of, string argument, string typed) => (await client.CompleteAsync(of, argument, typed, cancellationToken: TestContext.Current.CancellationToken)).Completion.Values;
        Assert.Equal(["src/Pump.cs"], await Complete(new ResourceTemplateReference { Uri = "repo://file/{+path}" }, "path", "pum"));
        var prompt = new PromptReference { Name = "plan_refactoring" };
        Assert.Equal(["src/Pump.cs#Shop.Pump.Start"], await Complete(prompt, "symbol", "Star"));
        Assert.Equal(["src"], await Complete(prompt, "in", "s"));
        Assert.Equal(["lang:csharp"], await Complete(prompt, "in", "lang:c"));
        Assert.Empty(await Complete(prompt, "in", "@"));
        Assert.Empty(await Complete(prompt, "other", "x"));
    }
}
