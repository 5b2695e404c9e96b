using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Mcp.Rendering;
using Rlm.Mcp.Tools;
using Rlm.Recursion;

namespace Rlm.Mcp;

/// <summary>The one place where failures become tool errors. No stack trace and no path outside the root ever leaves it.</summary>
internal static class ToolErrors
{
    private const int MaxMessage = 1200;

    /// <summary>The error result for a failure: <c>code: what was asked; what is true. What to call next.</c></summary>
    public static ToolResult Result(Exception fault, bool json)
    {
        var error = Describe(fault);
        return new(json ? new JsonObject { ["error"] = Body(error) }.ToJsonString(JsonOutput.Options) : Line(error), IsError: true, error.Code);
    }

    /// <summary>True for faults of ours: they are told in one word, and belong in the log.</summary>
    public static bool IsUnexpected(Exception fault) => Describe(fault).Code == ErrorCodes.Internal;

    /// <summary>The same facts as an object, for a part of an answer that failed alone.</summary>
    public static JsonObject ErrorObject(Exception fault) => Body(Describe(fault));

    /// <summary>The text form in one line.</summary>
    public static string Line(Exception fault) => Line(Describe(fault));

    /// <summary>The same failure for a session: near names may lie outside its scope and are left out.</summary>
    public static Exception Narrowed(Exception fault) => Describe(fault) is { Near.Count: > 0 } told ? new ToolException(told.Code, told.Asked, told.Next) : fault;

    /// <summary>The same failure, when what was not found is a legal value of another argument (<c>map projects</c>): with that argument as what to do next.</summary>
    public static Exception Hinted(Exception fault, ToolDefinition definition, IEnumerable<KeyValuePair<string, JsonElement>> arguments)
    {
        if (Describe(fault) is not { Code: ErrorCodes.UnknownSymbol or ErrorCodes.UnknownPath } told) return fault;
        var words = arguments.SelectMany(argument => Words(argument.Value)).ToHashSet(StringComparer.Ordinal);
        var meant = definition.Parameters.Select(parameter => (parameter.Name, Value: parameter.Values.FirstOrDefault(words.Contains))).FirstOrDefault(pair => pair.Value is not null);
        return meant.Value is null ? fault : new ToolException(told.Code, told.Asked, $"If {meant.Value} was meant as {meant.Name}: {meant.Name}: \"{meant.Value}\" (on the command line --{meant.Name} {meant.Value}).", told.Near);
    }

    private static IEnumerable<string> Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
        _ => [],
    };

    /// <summary>A caller's mistake as the tools tell it.</summary>
    public static ToolException Told(ContextException asked) => new(CodeOf(asked.Fault), asked.Asked, asked.Next, asked.Near);

    private static ToolException Describe(Exception fault) => fault switch
    {
        ToolException own => own,
        RecursionException asked => new(asked.Code, asked.Message.TrimEnd('.'), asked.Next),
        ContextException asked => Told(asked),
        RootAccessException root => new(root.Fault == RootAccessFault.Outside ? ErrorCodes.OutsideRoot : ErrorCodes.UnknownPath, root.Message.TrimEnd('.')),
        OperationCanceledException => new(ErrorCodes.Timeout, "the call took too long and was stopped", "Narrow it with in, or raise the limit."),
        // The message of an unexpected fault may hold a path or text: only its type is told, the rest goes to the log.
        _ => new(ErrorCodes.Internal, $"an unexpected fault ({fault.GetType().Name}) in the server; nothing was changed", "Try again; if it repeats, run rlm-mcp doctor and report it."),
    };

    private static string Line(ToolException error)
    {
        var text = $"{error.Code}: {error.Asked}.";
        if (error.Near.Count > 0) text += $" Near: {string.Join(", ", error.Near.Select(NameEscaping.Escape))}.";
        if (error.Next is not null) text += " " + error.Next;
        text = text.ReplaceLineEndings(" ");
        return text.Length > MaxMessage ? text[..MaxMessage] + "…" : text;
    }

    private static JsonObject Body(ToolException error)
    {
        var body = new JsonObject { ["code"] = error.Code, ["message"] = error.Asked };
        if (error.Next is not null) body["next"] = error.Next;
        if (error.Near.Count > 0) body["near"] = new JsonArray([.. error.Near.Select(name => (JsonNode)name)]);
        return body;
    }

    private static string CodeOf(ContextFault fault) => fault switch
    {
        ContextFault.BadArgument => ErrorCodes.BadArgument,
        ContextFault.UnknownPath => ErrorCodes.UnknownPath,
        ContextFault.OutsideRoot => ErrorCodes.OutsideRoot,
        ContextFault.SecretFile => ErrorCodes.SecretFile,
        ContextFault.UnknownSymbol => ErrorCodes.UnknownSymbol,
        ContextFault.OutOfRange => ErrorCodes.OutOfRange,
        ContextFault.BadPattern => ErrorCodes.BadPattern,
        ContextFault.UnknownSet => ErrorCodes.UnknownSet,
        ContextFault.NotAvailable => ErrorCodes.NotAvailable,
        ContextFault.Timeout => ErrorCodes.Timeout,
        _ => ErrorCodes.Internal,
    };
}
