using Microsoft.Extensions.AI;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;
using Rlm.Recursion.Models.Cli;
using Rlm.Recursion.Running.Planning;

namespace Rlm.Mcp.Sessions;

/// <summary>Which back end a call takes, and the models of it: from what the operator said and the process was started with, never from the repository or a tool's argument.</summary>
/// <param name="options">The operator's decisions.</param>
/// <param name="variable">The environment.</param>
/// <param name="host">For command-line agents; null where they are not to be had.</param>
internal sealed class BackEnds(RecursionOptions options, Func<string, string?> variable, CliHost? host)
{
    private const string Anthropic = "anthropic:claude-sonnet-4-5", OpenAi = "openai:gpt-5";
    private static readonly string[] Programs = ["claude", "codex", "gemini"];
    private static readonly TimeSpan LoginTime = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan SamplingTime = TimeSpan.FromSeconds(120);

    private volatile IChatClient? _sampling;

    /// <summary>Whether the operator lets sub-agents ask the client's own model.</summary>
    public bool AllowsSampling { get; init; }

    private readonly Lazy<IReadOnlyList<string>> _loggedIn = new(() => [.. Programs.Where(name => IsLoggedIn(name, host))]);

    /// <summary>None but those without a model: for tools outside a process that has an environment.</summary>
    public static BackEnds None { get; } = new(new RecursionOptions { Model = "extractive" }, _ => null, null);

    /// <summary>In place of the real models; null for those.</summary>
    public Func<ModelSpec, Model>? Maker { get; init; }

    /// <summary>Whether the operator keeps parts of the repository apart, which may decide who answers.</summary>
    public bool HasBoundaries => options.Boundaries.Count > 0;

    /// <summary>The operator's ceilings.</summary>
    public Limits Limits => options.Limits;

    /// <summary>Who calls and what answers.</summary>
    public Caller CallerOf(ToolContext context)
    {
        var isClient = !context.IsCommandLine;
        if (context.Sampling is { } sampling) _sampling = sampling; // one client for the life of a server
        var pick = BackEndChoice.Choose(new()
        {
            Asked = options.Model, Keyed = Keyed(), LoggedIn = options.Model == "auto" ? _loggedIn.Value : Installed(), MaySample = AllowsSampling && _sampling is not null, InClient = isClient, InitName = InitName(context.ClientName), Offline = options.Offline,
        });
        return new(pick.Name, pick.Line) { ClientName = context.ClientName, ReadsByItself = isClient, TurnOn = pick.TurnOn };
    }

    /// <summary>A model by its spec.</summary>
    /// <exception cref="RecursionException">It is not to be had.</exception>
    public Model Make(ModelSpec spec) => Maker?.Invoke(spec) ?? (spec.BackEnd == BackEnd.Sampling ? Sampling(spec) : Own(spec));

    // A person may have to agree to each request, so it gets its own, shorter time. Clients report no usage: each call counts as what was reserved.
    private Model Sampling(ModelSpec spec)
    {
        if (!AllowsSampling) throw new RecursionException("not_available", "sampling asks your client's own model, which the operator has not allowed", "Start the server with --allow-sampling, or choose another --model.");
        return _sampling is { } client ? new(spec.ToString(), client) { HasTools = false, CallTime = SamplingTime }
            : throw new RecursionException("not_available", "this client does not offer sampling", "Choose another --model: host, anthropic:MODEL, openai:MODEL or cli:claude.");
    }

    private Model Own(ModelSpec spec) => ModelFactory.Create(spec, new()
    {
        Anthropic = variable("ANTHROPIC_API_KEY"), OpenAi = variable("OPENAI_API_KEY"), AnthropicUrl = Url("ANTHROPIC_BASE_URL"), OpenAiUrl = Url("OPENAI_BASE_URL"), Cli = host,
    }, options);

    private Uri? Url(string name) => Uri.TryCreate(variable(name), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    private List<string> Keyed()
    {
        var found = new List<string>();
        if (!string.IsNullOrEmpty(variable("ANTHROPIC_API_KEY"))) found.Add(Anthropic);
        if (!string.IsNullOrEmpty(variable("OPENAI_API_KEY"))) found.Add(OpenAi);
        return found;
    }

    // For hints only: whether they are logged in is found out when it matters.
    private IReadOnlyList<string> Installed() => host is null ? [] : [.. Programs.Where(name => Commands.ProgramFinder.Find(name, variable) is not null)];

    private static bool IsLoggedIn(string name, CliHost? host)
    {
        if (host is null) return false;
        using var limit = new CancellationTokenSource(LoginTime);
        return CliModels.IsLoggedInAsync(name, host, limit.Token).GetAwaiter().GetResult() == true;
    }

    private static string? InitName(string? client) => client?.ToLowerInvariant() switch
    {
        { } name when name.Contains("claude", StringComparison.Ordinal) => "claude",
        { } name when name.Contains("vscode", StringComparison.Ordinal) || name.Contains("visual studio code", StringComparison.Ordinal) => "vscode",
        { } name when name.Contains("codex", StringComparison.Ordinal) => "codex",
        { } name when name.Contains("gemini", StringComparison.Ordinal) => "gemini",
        { } name when name.Contains("copilot", StringComparison.Ordinal) => "copilot",
        { } name when name.Contains("opencode", StringComparison.Ordinal) => "opencode",
        _ => null,
    };
}
