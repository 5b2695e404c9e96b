namespace Rlm.Recursion.Sessions;

/// <summary>The right to run a session, until it is disposed.</summary>
internal sealed class SessionLock(IDisposable? file, Action free) : IDisposable
{
    private int _ended;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        file?.Dispose();
        free();
    }
}
