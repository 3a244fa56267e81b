using System.Globalization;
using System.Text;

namespace Gateway.DeviceAgent.Modem;

/// <summary>An advisory lock on a serial port, so that two agents never talk to one modem at once.</summary>
public static class PortLock
{
    /// <exception cref="IOException">Another process has it; the message says which.</exception>
    public static IDisposable Take(string port)
    {
        var name = "gateway-" + Path.GetFullPath(port).Trim('/').Replace('/', '-') + ".lock";
        var path = Path.Combine(Path.GetTempPath(), name);
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return file;
        }
        catch (IOException e)
        {
            throw new IOException($"The port {port} is in use by {Holder(path)}.", e);
        }
    }

    private static string Holder(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return "process " + reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
