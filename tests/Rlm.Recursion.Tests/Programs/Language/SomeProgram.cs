using Rlm.Recursion.Programs.Language;

namespace Rlm.Recursion.Tests.Programs.Language;

/// <summary>Runs programs as the worker does: on a thread whose stack is known.</summary>
internal static class SomeProgram
{
    public static ProgramOutcome Run(string code, InterpreterLimits? limits = null, IProgramHost? host = null, CancellationToken cancellationToken = default, int stack = 64 << 20) =>
        Run(new Interpreter(limits ?? new(), host ?? new FakeHost(), ["search", "rows", "echo", "fail"]), code, cancellationToken, stack);

    public static ProgramOutcome Run(Interpreter interpreter, string code, CancellationToken cancellationToken = default, int stack = 64 << 20)
    {
        ProgramOutcome? outcome = null;
        Exception? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                outcome = interpreter.Run(code, cancellationToken);
            }
            catch (Exception error)
            {
                fault = error;
            }
        }, stack);
        thread.Start();
        thread.Join();
        return outcome ?? throw new InvalidOperationException($"The interpreter threw: {fault}");
    }

    /// <summary>Whether it ended in something declared in <see cref="Refusals"/>.</summary>
    public static bool IsRefused(ProgramOutcome outcome) => outcome.Error is { } error && error.Message.Contains("is not supported by the built-in engine. Instead: ", StringComparison.Ordinal);
}
