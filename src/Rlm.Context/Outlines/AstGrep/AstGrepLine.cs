using System.Globalization;
using System.Text.Json;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Context.Outlines.AstGrep;

/// <summary>Reads a line of <c>ast-grep scan --json=stream</c>: one match. Texts of nodes, of which it is full, are passed over.</summary>
internal static class AstGrepLine
{
    private const int MaxName = 2000;

    /// <summary>The match of a line.</summary>
    /// <exception cref="ProviderFaultException">It is none.</exception>
    public static AstGrepMatch Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 32 });
            return Read(ref reader);
        }
        catch (Exception garbage) when (garbage is JsonException or InvalidOperationException or FormatException)
        {
            throw new ProviderFaultException("garbage");
        }
    }

    private static AstGrepMatch Read(ref Utf8JsonReader reader)
    {
        var (file, kind, start, end) = (-1, "", -1, -1);
        (string Name, int NameStart, string Owner) variables = ("", -1, "");
        Next(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (reader.ValueTextEquals("range")) (start, end) = Bytes(ref reader);
            else if (reader.ValueTextEquals("file")) file = FileOf(Text(ref reader));
            else if (reader.ValueTextEquals("ruleId")) kind = KindOf(Text(ref reader));
            else if (reader.ValueTextEquals("metaVariables")) variables = Variables(ref reader);
            else reader.Skip();
        if (file < 0 || kind.Length == 0 || start < 0 || end < start) throw new JsonException();
        return new(file, kind, start, end, variables.Name, variables.NameStart, variables.Owner);
    }

    // ./00012.py
    private static int FileOf(string path)
    {
        var name = path.AsSpan(path.LastIndexOfAny(['/', '\\']) + 1);
        return int.Parse(name[..name.IndexOf('.')], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    // python.function.value
    private static string KindOf(string rule)
    {
        var parts = rule.Split('.');
        return parts.Length > 1 ? string.Intern(parts[1]) : throw new JsonException();
    }

    private static (string Name, int NameStart, string Owner) Variables(ref Utf8JsonReader reader)
    {
        var (name, nameStart, owner) = ("", -1, "");
        if (!Enter(ref reader)) return (name, nameStart, owner);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("single") || !Enter(ref reader))
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                if (reader.ValueTextEquals("NAME")) (name, nameStart) = Variable(ref reader);
                else if (reader.ValueTextEquals("OWNER")) (owner, _) = Variable(ref reader);
                else reader.Skip();
        }
        return (name, nameStart, owner);
    }

    private static (string Text, int Start) Variable(ref Utf8JsonReader reader)
    {
        var (text, start) = ("", -1);
        Next(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (reader.ValueTextEquals("text")) text = Text(ref reader);
            else if (reader.ValueTextEquals("range")) (start, _) = Bytes(ref reader);
            else reader.Skip();
        return (text.Length <= MaxName ? text : text[..MaxName], start);
    }

    private static (int Start, int End) Bytes(ref Utf8JsonReader reader)
    {
        var (start, end) = (-1, -1);
        Next(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("byteOffset"))
            {
                reader.Skip();
                continue;
            }
            Next(ref reader, JsonTokenType.StartObject);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                if (reader.ValueTextEquals("start")) start = Number(ref reader);
                else if (reader.ValueTextEquals("end")) end = Number(ref reader);
                else reader.Skip();
        }
        return (start, end);
    }

    // Null where an object may stand is no object.
    private static bool Enter(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;

    private static void Next(ref Utf8JsonReader reader, JsonTokenType wanted)
    {
        if (!reader.Read() || reader.TokenType != wanted) throw new JsonException();
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        Next(ref reader, JsonTokenType.String);
        return reader.GetString()!;
    }

    private static int Number(ref Utf8JsonReader reader)
    {
        Next(ref reader, JsonTokenType.Number);
        return reader.GetInt32();
    }
}
