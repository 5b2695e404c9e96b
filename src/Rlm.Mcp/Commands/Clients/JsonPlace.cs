using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rlm.Mcp.Commands.Clients;

/// <summary>A JSON value and where it stands in its text.</summary>
/// <param name="Node">The value; null for JSON null.</param>
/// <param name="NameStart">Offset of the member's name, or of the value when it is no member; UTF-16 units from 0.</param>
/// <param name="Start">Offset of the value.</param>
/// <param name="End">Offset just behind it.</param>
/// <param name="Members">Members of an object, in order.</param>
internal readonly record struct JsonPlace(JsonNode? Node, int NameStart, int Start, int End, IReadOnlyList<JsonPlace> Members)
{
    /// <summary>Name of the member; empty for a value that is none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The member of that name, or null.</summary>
    public JsonPlace? Find(string name)
    {
        foreach (var member in Members)
            if (member.Name == name) return member;
        return null;
    }

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="JsonException">Not plain JSON.</exception>
    /// <exception cref="ArgumentException">An object has the same key twice.</exception>
    public static JsonPlace Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        var place = Value(ref reader, bytes, -1);
        reader.Read(); // anything behind the value is a fault
        return place;
    }

    private static JsonPlace Value(ref Utf8JsonReader reader, byte[] bytes, int nameStart)
    {
        var start = Offset(bytes, reader.TokenStartIndex);
        var from = (int)reader.TokenStartIndex;
        var members = new List<JsonPlace>();
        if (reader.TokenType == JsonTokenType.StartObject) ReadMembers(ref reader, bytes, members);
        else reader.Skip();
        var to = (int)reader.BytesConsumed;
        var node = JsonNode.Parse(bytes.AsSpan(from, to - from));
        (node as JsonObject)?.ContainsKey(""); // builds its table, which is where a key given twice shows
        return new(node, nameStart < 0 ? start : nameStart, start, Offset(bytes, to), members);
    }

    private static void ReadMembers(ref Utf8JsonReader reader, byte[] bytes, List<JsonPlace> members)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var nameStart = Offset(bytes, reader.TokenStartIndex);
            reader.Read();
            members.Add(Value(ref reader, bytes, nameStart) with { Name = name });
        }
    }

    private static int Offset(byte[] bytes, long at) => Encoding.UTF8.GetCharCount(bytes, 0, (int)at);
}
