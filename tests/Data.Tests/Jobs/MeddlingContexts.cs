using System.Data.Common;
using JobServer.Data.Sqlite;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JobServer.Data.Tests.Jobs;

/// <summary>Contexts in whose transactions something else changes, once, right after a table was read.</summary>
internal sealed class MeddlingContexts(TestDatabase database, string table, string statement) : IDbContextFactory<JobServerDb>
{
    private readonly Meddler _meddler = new(table, statement);

    public JobServerDb CreateDbContext()
    {
        var builder = new DbContextOptionsBuilder<JobServerDb>();
        new SqliteProvider().Configure(builder, database.ConnectionString);
        builder.UseApplicationServiceProvider(database.Services).AddInterceptors(_meddler);
        return new JobServerDb(builder.Options);
    }

    private sealed class Meddler(string table, string statement) : DbCommandInterceptor
    {
        private bool _isDone;

        public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
        {
            if (!_isDone && command.CommandText.Contains($"FROM {table}", StringComparison.Ordinal))
            {
                _isDone = true;
                eventData.DataReader.Close();
                using var meddling = command.Connection!.CreateCommand();
                meddling.Transaction = command.Transaction;
#pragma warning disable CA2100 // A constant of a test.
                meddling.CommandText = statement;
#pragma warning restore CA2100
                meddling.ExecuteNonQuery();
            }

            return base.DataReaderDisposing(command, eventData, result);
        }
    }
}
