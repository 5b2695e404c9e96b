using System.Text;
using System.Text.Json;

namespace Rlm.Recursion.Trajectories;

/// <summary>
/// Masks secrets before anything is written: texts that have the shape of a key (<see cref="SecretShapes"/>), and the exact secrets that it is given. It looks at a text as it is,
/// through up to three layers of JSON escapes, and into base64:
/// <code>
/// {"key":"sk-\u0061nt-…"}  ->  {"key":"[redacted api-key]"}
/// </code>
/// What stays of a JSON text is still JSON. Masking twice changes nothing. Linear in the text but for short bounded look-aheads. Safe to use from many threads.
/// </summary>
public sealed class Redactor
{
    private const int Layers = 3, Base64Depth = 2;
    private readonly string[] _known;

    /// <summary>A redactor for key shapes and the given secrets.</summary>
    /// <param name="known">The operator's own keys, whatever their shape; those under 6 characters are too short to tell from ordinary text and are left out.</param>
    public Redactor(IEnumerable<string> known) => _known = [.. known.Where(secret => secret.Length >= 6).Distinct(StringComparer.Ordinal)];

    /// <summary>The text with <c>[redacted KIND]</c> in place of each secret; the same object when there is none.</summary>
    public string Redact(string text)
    {
        var hits = Find(text, 0);
        return hits.Count == 0 ? text : Masked(text, hits);
    }

    /// <summary>The same, with as many lines as before: a mask keeps the line ends of what it stands for.</summary>
    public string RedactLines(string text)
    {
        var hits = Find(text, 0);
        return hits.Count == 0 ? text : Masked(text, hits, keepsLines: true);
    }

    /// <summary>The value with every string and property name in it masked; the same when there is nothing to mask. A value that is none stays so.</summary>
    public JsonElement Redact(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return value;
        var raw = value.GetRawText();
        var clean = Redact(raw);
        return ReferenceEquals(raw, clean) ? value : Parsed(clean) ?? JsonSerializer.SerializeToElement(clean, Storage.RecursionJson.Files.String);
    }

    private List<Hit> Find(string text, int depth)
    {
        var hits = new List<Hit>();
        var view = EscapeView.Of(text);
        for (var layer = 0; ; layer++)
        {
            foreach (var hit in FindIn(view.Text, depth)) hits.Add(hit with { Start = view.At(AfterEscape(view.Text, hit)), End = view.At(hit.End) });
            if (layer == Layers || !view.TryUnescape(out var next)) return hits;
            view = next;
        }
    }

    // A hit that begins with the letter of an escape (the n of \n) begins after it: what is left of JSON stays JSON.
    private static int AfterEscape(string text, Hit hit)
    {
        var slashes = 0;
        while (slashes < hit.Start && text[hit.Start - 1 - slashes] == '\\') slashes++;
        return slashes % 2 == 0 ? hit.Start : Math.Min(hit.End, hit.Start + (text[hit.Start] == 'u' ? 5 : 1));
    }

    private IEnumerable<Hit> FindIn(string text, int depth)
    {
        foreach (var secret in _known)
            for (var at = text.IndexOf(secret, StringComparison.Ordinal); at >= 0; at = text.IndexOf(secret, at + secret.Length, StringComparison.Ordinal))
                yield return new(at, at + secret.Length, "known key");
        foreach (var hit in SecretShapes.Find(text)) yield return hit;
        if (depth == Base64Depth) yield break;
        foreach (var run in Base64Run.In(text))
            if (run.Decoded(text).Any(decoded => MayHold(decoded) && Find(decoded, depth + 1).Count > 0)) yield return new(run.Start, run.End, "encoded key");
    }

    // The last for base64 in base64.
    private bool MayHold(string decoded) =>
        SecretShapes.HasMark(decoded) || Array.Exists(_known, secret => decoded.Contains(secret, StringComparison.Ordinal)) || !decoded.AsSpan().ContainsAnyExcept(Base64Run.Letters);

    private static string Masked(string text, List<Hit> hits, bool keepsLines = false)
    {
        hits.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : right.End.CompareTo(left.End));
        var clean = new StringBuilder(text.Length);
        var at = 0;
        foreach (var hit in hits)
        {
            // One that begins inside the one before it is part of it: its mask is already there.
            if (hit.Start >= at) clean.Append(text, at, hit.Start - at).Append("[redacted ").Append(hit.Kind).Append(']');
            if (keepsLines && hit.End > at) clean.Append('\n', text.AsSpan(Math.Max(at, hit.Start)..hit.End).Count('\n'));
            at = Math.Max(at, hit.End);
        }
        return clean.Append(text, at, text.Length - at).ToString();
    }

    private static JsonElement? Parsed(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 512 });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
