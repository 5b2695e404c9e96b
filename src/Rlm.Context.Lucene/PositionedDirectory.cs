using Lucene.Net.Store;
using Microsoft.Win32.SafeHandles;

namespace Rlm.Context.Lucene;

/// <summary>
/// A folder of Lucene's, read by position. Its own classes either map files, and a mapped file that another process cuts short ends this process with a signal that nothing catches,
/// or seek and read under one lock for each file. Locks nothing: the engine does.
/// </summary>
internal sealed class PositionedDirectory(string folder) : FSDirectory(new DirectoryInfo(folder), NoLockFactory.GetNoLockFactory())
{
    /// <summary>The names of all files; none when there is no folder yet.</summary>
    public override string[] ListAll() => System.IO.Directory.Exists(m_directory.FullName) ? base.ListAll() : [];

    public override IndexInput OpenInput(string name, IOContext context)
    {
        EnsureOpen();
        var handle = File.OpenHandle(Path.Join(m_directory.FullName, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
        return new Input(name, handle, context);
    }

    private sealed class Input(string name, SafeFileHandle handle, IOContext context) : BufferedIndexInput(name, context)
    {
        private readonly long _length = RandomAccess.GetLength(handle);
        private bool _isClone;

        public override long Length => _length;

        public override object Clone()
        {
            var clone = (Input)base.Clone();
            clone._isClone = true;
            return clone;
        }

        protected override void ReadInternal(byte[] b, int offset, int length)
        {
            var buffer = b.AsSpan(offset, length);
            for (var at = Position; buffer.Length > 0;)
            {
                var read = RandomAccess.Read(handle, buffer, at);
                if (read == 0) throw new EndOfStreamException($"{this} ends early.");
                buffer = buffer[read..];
                at += read;
            }
        }

        protected override void SeekInternal(long pos)
        {
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_isClone) handle.Dispose();
        }
    }
}
