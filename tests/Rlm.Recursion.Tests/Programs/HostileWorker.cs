using System.Text;

namespace Rlm.Recursion.Tests.Programs;

/// <summary>Workers that do not keep to the protocol, as processes: this test program with a hidden command.</summary>
internal static class HostileWorker
{
    public const string Command = "__hostile";

    private const string Ready = """{"ready":{"engine":"hostile","version":"1"}}""";

    /// <summary>All kinds, with the error that each must end in.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["no JSON"] = "protocol", ["a list"] = "protocol", ["half a surrogate pair"] = "protocol", ["a key twice"] = "protocol", ["bytes that are no text"] = "protocol", ["too deep"] = "protocol", ["a line without end"] = "protocol",
        ["another program's end"] = "protocol", ["an end of numbers"] = "protocol", ["a call without a name"] = "protocol", ["calls without end"] = "call_limit", ["silence"] = "timeout", ["exit"] = "worker_ended", ["half a line"] = "worker_ended",
        ["does not read"] = "timeout", ["floods stderr"] = "timeout",
    };

    /// <summary>Plays a worker.</summary>
    public static int Run(string kind)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        using var output = Console.OpenStandardOutput();
        input.ReadLine();
        Say(output, Ready);
        input.ReadLine();
        switch (kind)
        {
            case "no JSON": Say(output, "Traceback (most recent call last):"); break;
            case "a list": Say(output, "[1]"); break;
            case "half a surrogate pair": Say(output, """{"done":1,"stdout":"\ud800","cut":0,"value":null,"error":null,"variables":[]}"""); break;
            case "a key twice": Say(output, """{"done":1,"done":1,"stdout":"","cut":0}"""); break;
            case "bytes that are no text": output.Write([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d, 0x0a]); break;
            case "too deep": Say(output, """{"done":""" + new string('[', 5_000)); break;
            case "a line without end": Flood(output, "{\"done\":\"" + new string('x', 60_000)); break;
            case "another program's end": Say(output, """{"done":7,"stdout":"","cut":0,"value":null,"error":null,"variables":[]}"""); break;
            case "an end of numbers": Say(output, """{"done":1,"stdout":5,"cut":"x","value":[],"error":3,"variables":{}}"""); break;
            case "a call without a name": Say(output, """{"call":1,"args":[],"kwargs":{}}"""); break;
            case "calls without end": Flood(output, """{"call":1,"name":"outline","args":["x"],"kwargs":{}}""" + "\n"); break;
            case "exit": return 3;
            case "half a line": Say(output, """{"done":1,"std""", ""); return 0;
            case "does not read": Say(output, """{"call":1,"name":"outline","args":[],"kwargs":{"path":"big"}}"""); break;
            case "floods stderr":
                using (var error = Console.OpenStandardError()) Flood(error, new string('x', 60_000));
                break;
        }
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    private static void Say(Stream output, string line, string end = "\n")
    {
        output.Write(Encoding.UTF8.GetBytes(line + end));
        output.Flush();
    }

    private static void Flood(Stream output, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        while (true) output.Write(bytes);
    }
}
