namespace Rlm.Recursion.Models;

/// <summary>What the operator's environment or configuration gives for reaching models. Never from the repository, a tool's argument or a log.</summary>
public sealed class ModelKeys
{
    /// <summary>For <c>anthropic:</c>.</summary>
    public string? Anthropic { get; init; }

    /// <summary>For <c>openai:</c>; may be missing for a server of the operator's own.</summary>
    public string? OpenAi { get; init; }

    /// <summary>In place of Anthropic's address.</summary>
    public Uri? AnthropicUrl { get; init; }

    /// <summary>In place of OpenAI's address, with its <c>/v1</c>; an address in the model's name goes before it.</summary>
    public Uri? OpenAiUrl { get; init; }

    /// <summary>A proxy that the operator chose by name; null goes directly, whatever the environment says.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>What starting command-line agents needs; null where they are not to be had.</summary>
    public Cli.CliHost? Cli { get; init; }

    /// <summary>Names what is there and never what it is.</summary>
    public override string ToString() => $"ModelKeys {{ Anthropic = {(Anthropic is null ? "none" : "set")}, OpenAi = {(OpenAi is null ? "none" : "set")} }}";
}
