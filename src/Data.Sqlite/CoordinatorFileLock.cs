namespace JobServer.Data.Sqlite;

/// <summary>A kernel lock on a file beside the database: it goes with the process, however that ends.</summary>
internal sealed class CoordinatorFileLock : IDisposable
{
    private readonly FileStream _file;

    private CoordinatorFileLock(FileStream file) => _file = file;

    public static CoordinatorFileLock Take(string databasePath)
    {
        var path = databasePath + ".coordinator-lock";
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new CoordinatorFileLock(file);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException(
                $"Another Coordinator already serves the database '{databasePath}'. An SQLite database has just one: "
                + "stop the other process, or use SQL Server for several.",
                exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
