using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rlm.Recursion.Storage;

/// <summary>JSON values as they came, character by character (a model may send half a surrogate pair, which cannot be decoded and written again); one that is none becomes null.</summary>
internal sealed class ExactElementConverter : JsonConverter<JsonElement>
{
    public override bool HandleNull => true;

    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options)
    {
        // Line breaks stand between tokens only: in strings they are escaped.
        if (value.ValueKind == JsonValueKind.Undefined) writer.WriteNullValue();
        else writer.WriteRawValue(value.GetRawText().Replace('\n', ' ').Replace('\r', ' '), skipInputValidation: true);
    }
}
