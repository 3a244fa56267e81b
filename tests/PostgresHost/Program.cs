// A process that holds an embedded PostgreSQL, for scenarios that kill or interrupt it.
// Arguments: the root folder, the folder of the binaries. It ends when its input closes or on Ctrl-C.

using System.Runtime.InteropServices;
using Gateway.EmbeddedPostgres;
using Npgsql;

try
{
    var interrupted = new TaskCompletionSource();
    using var onInterrupt = PosixSignalRegistration.Create(
        PosixSignal.SIGINT,
        signal =>
        {
            signal.Cancel = true;
            interrupted.TrySetResult();
        }
    );
    await using var server = await PostgresServer.StartAsync(
        new() { Root = args[0], BinDirectory = args[1] }
    );
    Console.WriteLine(server.IsOwner ? "owner" : "borrower");
    Console.WriteLine(server.ConnectionString);
    // The console reads on the caller's thread, whatever the method's name says.
    await Task.WhenAny(interrupted.Task, Task.Run(Console.In.ReadToEnd));

    await using var connection = new NpgsqlConnection(server.ConnectionString);
    await connection.OpenAsync();
    Console.WriteLine("still served");
    return 0;
}
catch (EmbeddedPostgresException e)
{
    Console.WriteLine(e.Message);
    return 3;
}
