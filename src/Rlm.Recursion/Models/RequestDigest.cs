using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Models;

/// <summary>Tells requests apart by what they say: roles, texts, tool calls and results, tools by name. A replay finds the reply by it, whatever the order of calls at once.</summary>
internal static partial class RequestDigest
{
    /// <summary>128 bits in lower-case hexadecimal.</summary>
    public static string Of(IEnumerable<ChatMessage> messages, ChatOptions? options, Func<string, string>? mask)
    {
        var text = new StringBuilder();
        Add(text, "instructions", options?.Instructions);
        foreach (var message in messages)
            foreach (var content in message.Contents) Add(text, message.Role.Value, Of(content));
        foreach (var tool in options?.Tools ?? []) Add(text, "tool", tool.Name);
        // Children have other ids in a replay; nothing else of a request depends on them.
        var all = SessionIdPattern().Replace(mask is null ? text.ToString() : mask(text.ToString()), "s-");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 16));
    }

    [GeneratedRegex("s-[a-z2-7]{26}")]
    private static partial Regex SessionIdPattern();

    private static string Of(AIContent content) => content switch
    {
        TextContent text => text.Text,
        FunctionCallContent call => $"{call.CallId} {call.Name} {JsonSerializer.Serialize(call.Arguments)}",
        FunctionResultContent result => $"{result.CallId} {result.Result as string ?? JsonSerializer.Serialize(result.Result)}",
        _ => content.GetType().Name,
    };

    // Marks, and not lengths: a replay sees masked replies, which are shorter or longer than those that were sent.
    private static void Add(StringBuilder all, string kind, string? part) => all.Append(kind).Append('\u0001').Append(part).Append('\u0002');
}
