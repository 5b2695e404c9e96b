using System.Buffers;
using System.Text.RegularExpressions;

namespace Rlm.Recursion.Trajectories;

/// <summary>
/// What keys look like, after what their issuers document and secret scanners look for. Every repetition is bounded, so that a hostile text costs no more than a long one; a match
/// is then extended over the letters that belong to it.
/// </summary>
internal static partial class SecretShapes
{
    // Something of each shape: a text without any holds none.
    private static readonly SearchValues<string> Marks = SearchValues.Create(
        ["sk-", "sk_", "rk_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "npm_", "hf_", "gsk_", "xai-", "AKIA", "ASIA", "AIza", "ya29.", "xox", "xapp-", "hooks.slack.com", "SG.", "-----BEGIN", "-----END",
            "bearer", "authorization", "eyJ", "://", "pass", "pwd", "secret", "key", "token", "credential"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether there can be anything to find.</summary>
    public static bool HasMark(string text) => text.AsSpan().ContainsAny(Marks);

    /// <summary>All that look like a secret, in no order; they may overlap.</summary>
    public static IEnumerable<Hit> Find(string text)
    {
        if (!HasMark(text)) yield break;
        foreach (var hit in PrivateKeys.Find(text)) yield return hit;
        foreach (var hit in Matches(text, IssuedKey(), "api key", IsIssued)) yield return hit;
        foreach (var hit in Matches(text, AwsKey(), "aws key id", (whole, match) => !IsWord(whole, match.Index - 1) && !IsWord(whole, match.Index + match.Length))) yield return hit;
        foreach (var hit in Matches(text, Jwt(), "jwt", (_, _) => true)) yield return hit;
        foreach (var hit in Matches(text, Bearer(), "bearer key", (_, match) => SecretValue.IsToken(match.Groups["value"].ValueSpan))) yield return hit;
        foreach (var hit in Matches(text, UrlPassword(), "login", (_, match) => SecretValue.IsPassword(match.Groups["value"].ValueSpan))) yield return hit;
        foreach (var hit in Matches(text, Assigned(), "login", (_, match) => SecretValue.IsAssigned(match.Groups["value"].ValueSpan, match.Groups["quote"].Length > 0))) yield return hit;
    }

    private static IEnumerable<Hit> Matches(string text, Regex shape, string kind, Func<string, Match, bool> isSecret)
    {
        for (var match = shape.Match(text); match.Success;)
        {
            if (!isSecret(text, match))
            {
                match = shape.Match(text, match.Index + 1);
                continue;
            }
            var value = match.Groups["value"] is { Success: true } part ? part : match;
            var end = Extended(text, value.Index + value.Length);
            yield return new(value.Index, end, kind);
            match = shape.Match(text, end);
        }
    }

    private static int Extended(string text, int end)
    {
        while (IsWord(text, end) || (end < text.Length && text[end] is '-' or '+' or '/' or '=' or '~' && IsWord(text, end - 1) && IsWord(text, end + 1))) end++;
        return end;
    }

    // task-…, disk-… are words; sk-learn-something is one too.
    private static bool IsIssued(string text, Match match) =>
        !match.ValueSpan.StartsWith("sk", StringComparison.Ordinal) || match.ValueSpan.StartsWith("sk-ant-", StringComparison.Ordinal)
        || ((match.Index == 0 || !char.IsAsciiLetter(text[match.Index - 1])) && SecretValue.IsToken(match.ValueSpan[3..]));

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_');

    [GeneratedRegex(@"sk-ant-[A-Za-z0-9_-]{10,200}|sk-[A-Za-z0-9_-]{20,200}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,200}|gh[pousr]_[A-Za-z0-9]{30,200}|github_pat_[A-Za-z0-9_]{22,200}|glpat-[A-Za-z0-9_-]{20,100}|npm_[A-Za-z0-9]{36}|hf_[A-Za-z0-9]{30,60}|gsk_[A-Za-z0-9]{40,80}|xai-[A-Za-z0-9]{40,120}|AIza[A-Za-z0-9_-]{30,80}|ya29\.[A-Za-z0-9_-]{20,200}|xox[abeoprs]-[A-Za-z0-9-]{10,200}|xapp-[A-Za-z0-9-]{20,200}|hooks\.slack\.com/services/[A-Za-z0-9_/]{20,100}|SG\.[A-Za-z0-9_-]{16,60}\.[A-Za-z0-9_-]{16,80}")]
    private static partial Regex IssuedKey();

    [GeneratedRegex("A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}")]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,300}\.[A-Za-z0-9_-]{8,300}(?:[A-Za-z0-9_-]{0,4000}\.[A-Za-z0-9_-]{0,1000})?")]
    private static partial Regex Jwt();

    [GeneratedRegex("""(?:bearer|authorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?:basic|token))[ \t]{1,4}(?<value>[A-Za-z0-9._~+/=-]{16,200})""", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex("""://[^\s:/@"'<>\\]{0,64}:(?<value>[^\s:/@"'<>\\]{6,200})@""")]
    private static partial Regex UrlPassword();

    [GeneratedRegex("""
        (?:passw(?:or)?d|pwd|passphrase|secret|api[_-]?key|(?:access|account|private|signing|shared|encryption|subscription)[_-]?key|(?<!public[_-]?key)token|credential)(?:[_-]?(?:value|id|key|\d{1,2}))?["'`\]]{0,2}[ \t]{0,4}(?:=>|:=|==?|:|>)[ \t]{0,4}(?:[@$]?(?<quote>["'`])(?<value>[^\s"'`\\]{8,300})|(?<value>[^\s"'`\\,;<>(){}\[\]&|$]{8,300}))
        """, RegexOptions.IgnoreCase)]
    private static partial Regex Assigned();
}
