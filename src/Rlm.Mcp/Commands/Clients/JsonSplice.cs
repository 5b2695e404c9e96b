using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rlm.Mcp.Commands.Clients;

/// <summary>
/// Changes one place of a JSON text and leaves every other character as it was: the user's order, spacing and line ends stay. Refuses what it cannot
/// understand completely: comments, trailing commas, broken text, a key given twice.
/// </summary>
internal sealed class JsonSplice
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _text;

    private JsonSplice(string text, JsonPlace root) => (_text, Root) = (text, root);

    /// <summary>The outermost object.</summary>
    public JsonPlace Root { get; }

    /// <summary>Null with a reason when the text is not plain JSON with an object outside.</summary>
    public static JsonSplice? Parse(string text, out string? problem)
    {
        problem = null;
        try
        {
            var root = JsonPlace.Read(text);
            if (root.Node is JsonObject) return new(text, root);
            problem = "it does not hold a JSON object.";
        }
        catch (JsonException fault)
        {
            problem = HasComments(text) ? "it holds comments or trailing commas, which a rewrite would lose." : $"it is not valid JSON (line {fault.LineNumber + 1}).";
        }
        catch (ArgumentException)
        {
            problem = "it has the same key twice.";
        }
        catch (InvalidOperationException)
        {
            problem = "it has an escape such as \\ud800 that stands for no character.";
        }
        return null;
    }

    /// <summary>The object under a key of the root; null without a problem when the key is absent.</summary>
    public JsonPlace? Object(string key, out string? problem)
    {
        var place = Root.Find(key);
        problem = place is { Node: not JsonObject } ? $"\"{key}\" in it is not an object." : null;
        return problem is null ? place : null;
    }

    /// <summary>The text with a first member put into an object.</summary>
    public string Insert(JsonPlace owner, string key, JsonNode value)
    {
        var outer = IndentOf(owner.Start);
        var inner = outer + Unit;
        var member = $"{Break}{inner}{JsonValue.Create(key)!.ToJsonString(Readable)}: {Printed(value, inner)}";
        var isEmpty = owner.Members.Count == 0;
        var rest = isEmpty ? _text[(owner.End - 1)..] : _text[(owner.Start + 1)..];
        return _text[..(owner.Start + 1)] + member + (isEmpty ? Break + outer : ",") + rest;
    }

    /// <summary>The text with a value put in the place of another.</summary>
    public string Replace(JsonPlace old, JsonNode value) => _text[..old.Start] + Printed(value, IndentOf(old.Start)) + _text[old.End..];

    private string Break => _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    // What the user indents the first member with, else two blanks.
    private string Unit
    {
        get
        {
            var first = Root.Members.Count == 0 ? "" : IndentOf(Root.Members[0].NameStart);
            return first.Length > 0 ? first : "  ";
        }
    }

    private string IndentOf(int at)
    {
        var line = _text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
        var end = line;
        while (end < at && _text[end] is ' ' or '\t') end++;
        return _text[line..end];
    }

    private string Printed(JsonNode value, string indent)
    {
        var lines = value.ToJsonString(Readable).ReplaceLineEndings("\n").Split('\n');
        return string.Join(Break, lines.Select((line, number) =>
        {
            var depth = (line.Length - line.TrimStart(' ').Length) / 2;
            return number == 0 ? line : indent + string.Concat(Enumerable.Repeat(Unit, depth)) + line.TrimStart(' ');
        }));
    }

    private static bool HasComments(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
