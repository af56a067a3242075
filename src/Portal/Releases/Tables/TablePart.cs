using System.Runtime.InteropServices;

namespace JobServer.Portal.Releases.Tables;

/// <param name="Offset">Of its first row, in bytes from the beginning of the file.</param>
/// <param name="FirstRow">Counted from 0 under the header.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TablePart(long Offset, long FirstRow);
