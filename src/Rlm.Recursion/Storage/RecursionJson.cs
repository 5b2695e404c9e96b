using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Storage;

/// <summary>How sessions and trajectories are written. Every property stands in the JSON, also where it holds its default.</summary>
[JsonSerializable(typeof(SessionState))]
[JsonSerializable(typeof(SessionSummary))]
[JsonSerializable(typeof(TrajectoryEntry))]
internal sealed partial class RecursionJson : JsonSerializerContext
{
    /// <summary>
    /// The one instance. Values of models may be nested as deep as a parser takes them (64), and stand some levels below the top here; letters of all scripts stay themselves.
    /// </summary>
    public static RecursionJson Files { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        MaxDepth = 512,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new ExactElementConverter(),
            new JsonStringEnumConverter<SessionStatus>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<UnitKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<QuoteCheck>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
        },
    });
}
