using System.Globalization;
using System.Text.Json;

namespace Rlm.Mcp.Commands.Comparing;

/// <summary>Reads questions, one JSON object a line: <c>{"task":"…","over":["src"],"gold":"…"}</c>. Empty lines are left out.</summary>
internal static class QuestionFile
{
    private const long MaxBytes = 16 << 20;

    /// <summary>At least one.</summary>
    /// <exception cref="UsageException">It cannot be read, or a line is no question: its number is told.</exception>
    public static IReadOnlyList<ComparedQuestion> Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes) throw new UsageException($"{path} has more than {MaxBytes >> 20} MB.");
            var questions = File.ReadAllLines(path).Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)).Select(line => Question(line.Item, line.Index + 1, path)).ToArray();
            return questions.Length > 0 ? questions : throw new UsageException($"{path} holds no question. One a line: {{\"task\":\"…\",\"over\":[\"src\"],\"gold\":\"…\"}}.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read.");
        }
    }

    private static ComparedQuestion Question(string line, int number, string path)
    {
        UsageException Bad(string what) => new(string.Create(CultureInfo.InvariantCulture, $"{path}, line {number}: {what}"));
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Bad("is not a JSON object.");
            var members = document.RootElement.EnumerateObject().ToArray();
            if (Array.Find(members, member => member.Name is not ("task" or "over" or "gold" or "id")) is { Value.ValueKind: not JsonValueKind.Undefined } odd) throw Bad($"\"{odd.Name}\" is not known; a question has task, over and gold.");
            string? Text(string name) => !document.RootElement.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
                : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Bad($"{name} is not a text.");
            var gold = Text("gold");
            if (gold?.Length == 0) throw Bad("gold is empty; leave it out where nobody knows the answer.");
            if (gold is not null) _ = ComparedQuestion.Pattern(gold);
            return new(Text("task") is { } task && !string.IsNullOrWhiteSpace(task) ? task : throw Bad("task is missing."), Over(document.RootElement, Bad), gold);
        }
        catch (JsonException)
        {
            throw Bad("is not JSON.");
        }
        catch (ArgumentException fault)
        {
            throw Bad($"gold: {fault.Message}");
        }
    }

    private static IReadOnlyList<string> Over(JsonElement question, Func<string, UsageException> bad)
    {
        if (!question.TryGetProperty("over", out var over) || over.ValueKind == JsonValueKind.Null) return [];
        if (over.ValueKind == JsonValueKind.String) return [over.GetString()!];
        return over.ValueKind == JsonValueKind.Array && over.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. over.EnumerateArray().Select(item => item.GetString()!)] : throw bad("over is neither a text nor a list of texts.");
    }
}
