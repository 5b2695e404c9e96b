using Rlm.Recursion.Programs.Workers;

namespace Rlm.Recursion.Programs;

/// <summary>A way to run programs on this machine.</summary>
internal interface IProgramEngine
{
    /// <summary>As the operator names it.</summary>
    string Name { get; }

    /// <summary>Why it cannot be tried at all here; null when it can.</summary>
    string? WhyNot { get; }

    /// <summary>A program that a worker must answer before the engine is trusted.</summary>
    string Trial { get; }

    /// <summary>How a worker of it is started.</summary>
    WorkerStart Start();

    /// <summary>Why what the trial gave is not good enough; null when it is.</summary>
    string? Judge(Worker worker, ProgramReport trial);

    /// <summary>What holds a program, for people.</summary>
    string Isolation(Worker worker);
}
