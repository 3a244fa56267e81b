using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>
/// A pair of pseudo-terminals (POSIX <c>posix_openpt</c>): programs open <see cref="Path"/> as they would a serial
/// port. The program's end is raw and kept open here, so that it survives programs that come and go.
/// </summary>
public sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;
    private const int Now = 0;
    private const int LongestPath = 256;
    private const int RoomForSettings = 256;

    private readonly SafeFileHandle program;
    private readonly string link;
    private int disposed;

    private PseudoTerminal(FileStream stream, SafeFileHandle program, string path, string link) =>
        (Stream, this.program, Path, this.link) = (stream, program, path, link);

    /// <summary>The modem's end.</summary>
    public FileStream Stream { get; }

    /// <summary>The program's end, such as <c>/dev/pts/4</c>.</summary>
    public string Path { get; }

    /// <summary>Opens a pair; <paramref name="link"/> will point to the program's end.</summary>
    public static PseudoTerminal Open(string link)
    {
        var modem = new SafeFileHandle(
            Checked(OpenPair(ReadWrite | NoControllingTerminal)),
            ownsHandle: true
        );
        Checked(Grant(modem));
        Checked(Unlock(modem));
        var name = new byte[LongestPath];
        Checked(NameOf(modem, name, name.Length));
        var path = System.Text.Encoding.UTF8.GetString(name, 0, Array.IndexOf(name, (byte)0));

        var program = new SafeFileHandle(
            Checked(OpenPath(path, ReadWrite | NoControllingTerminal)),
            ownsHandle: true
        );
        var settings = new byte[RoomForSettings];
        Checked(ReadSettings(program, settings));
        MakeRaw(settings);
        Checked(WriteSettings(program, Now, settings));

        File.Delete(link);
        File.CreateSymbolicLink(link, path);
        return new(new FileStream(modem, FileAccess.ReadWrite, bufferSize: 0), program, path, link);
    }

    /// <summary>Wakes whoever reads the modem's end, because closing alone would not, then closes both.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        _ = Write(program, "\n"u8.ToArray(), 1);
        File.Delete(link);
        program.Dispose();
        Stream.Dispose();
    }

    private static int Checked(int result) =>
        result >= 0
            ? result
            : throw new IOException("No pseudo-terminal could be opened.", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenPair(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int Grant(SafeFileHandle modem);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(SafeFileHandle modem);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int NameOf(SafeFileHandle modem, [Out] byte[] name, nint length);

    [LibraryImport(
        "libc",
        EntryPoint = "open",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int ReadSettings(SafeFileHandle program, [Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw([In, Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int WriteSettings(SafeFileHandle program, int when, byte[] settings);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle program, byte[] octets, nint count);
}
