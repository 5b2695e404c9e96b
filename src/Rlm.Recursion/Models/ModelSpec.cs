namespace Rlm.Recursion.Models;

/// <summary>A back end as the operator writes it: <c>anthropic:MODEL</c>, <c>openai:MODEL[@URL]</c>, <c>cli:claude|codex|gemini</c>, <c>sampling</c>, <c>host</c>, <c>extractive</c> or <c>auto</c>.</summary>
/// <param name="BackEnd">Who answers.</param>
/// <param name="Model">The vendor's name of the model, or the program's for <see cref="BackEnd.Cli"/>; empty for those without one.</param>
/// <param name="Url">The server's address where it is not the vendor's; null otherwise.</param>
public sealed record ModelSpec(BackEnd BackEnd, string Model, Uri? Url)
{
    private const string Forms = "Write anthropic:MODEL, openai:MODEL, openai:MODEL@https://HOST/v1, cli:claude, cli:codex, cli:gemini, sampling, host, extractive or auto.";

    /// <summary>Whether choosing it sends text to a service by our own connection.</summary>
    public bool NeedsNetwork => BackEnd is BackEnd.Anthropic or BackEnd.OpenAi;

    /// <summary>Reads what the operator wrote.</summary>
    /// <exception cref="RecursionException"><c>bad_argument</c>: none of the forms.</exception>
    public static ModelSpec Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (name, rest) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        return (name, rest) switch
        {
            ("sampling", null) => new(BackEnd.Sampling, "", null),
            ("host", null) => new(BackEnd.Host, "", null),
            ("extractive", null) => new(BackEnd.Extractive, "", null),
            ("auto", null) => new(BackEnd.Auto, "", null),
            ("cli", "claude" or "codex" or "gemini") => new(BackEnd.Cli, rest, null),
            ("anthropic", { Length: > 0 }) when IsModelName(rest) => new(BackEnd.Anthropic, rest, null),
            ("openai", { Length: > 0 }) => OpenAi(text, rest),
            _ => throw Bad(text),
        };
    }

    /// <summary>As the operator would write it.</summary>
    public override string ToString() => BackEnd switch
    {
        BackEnd.Anthropic => $"anthropic:{Model}",
        BackEnd.OpenAi => Url is null ? $"openai:{Model}" : $"openai:{Model}@{Url.OriginalString}",
        BackEnd.Cli => $"cli:{Model}",
        BackEnd.Sampling => "sampling",
        BackEnd.Host => "host",
        BackEnd.Extractive => "extractive",
        _ => "auto",
    };

    private static ModelSpec OpenAi(string text, string rest)
    {
        // A model's name may hold an @ of its own, so the address begins at the first one that a scheme follows.
        var at = rest.IndexOf("@http", StringComparison.Ordinal);
        if (at < 0) return IsModelName(rest) ? new(BackEnd.OpenAi, rest, null) : throw Bad(text);
        var model = rest[..at];
        return IsModelName(model) && Uri.TryCreate(rest[(at + 1)..], UriKind.Absolute, out var url) && IsPlain(url) ? new(BackEnd.OpenAi, model, url) : throw Bad(text);
    }

    private static bool IsPlain(Uri url) =>
        url.Scheme is "http" or "https" && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0;

    // Spaces and control characters in a name come from a slip on the command line; the vendor's answer to them would be less clear than ours.
    private static bool IsModelName(string name) => name.Length is > 0 and <= 200 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static RecursionException Bad(string text) => new("bad_argument", $"\"{(text.Length > 100 ? text[..100] + "…" : text)}\" names no back end.", Forms);
}
