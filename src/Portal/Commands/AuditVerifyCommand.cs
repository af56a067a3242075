using System.CommandLine;
using System.Data.Common;
using JobServer.Data;
using JobServer.Data.Audit;
using JobServer.Data.Sqlite;
using JobServer.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Commands;

/// <summary><c>audit verify</c>: walks the chain and names the first place at which it is broken.</summary>
internal static class AuditVerifyCommand
{
    public static Command Create()
    {
        var heads = new Option<FileInfo>("--heads") { Description = "What was exported of the log; otherwise the file of the setting Audit:HeadsFile." };
        var settings = new Option<string[]>("--setting") { Description = "A setting, such as Database:ConnectionString=…, above those of the file and the environment.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("verify", "Find the first row that was altered, removed, moved or cut off.") { heads, settings };
        command.SetAction((parsed, cancellation) => GuardedAsync(
            parsed.GetValue(settings) ?? [], parsed.GetValue(heads), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation));
        return command;
    }

    private static async Task<int> GuardedAsync(string[] settings, FileInfo? heads, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            return await VerifyAsync(settings, heads, output, cancellationToken);
        }
        catch (OptionsValidationException invalid)
        {
            await errors.WriteLineAsync($"A setting is missing or wrong: {string.Join(" ", invalid.Failures)}");
        }
        catch (DbException failure)
        {
            await errors.WriteLineAsync($"The database of Database:ConnectionString cannot be read: {failure.Message}");
        }
        catch (Exception failure) when (failure is InvalidOperationException or FormatException)
        {
            await errors.WriteLineAsync($"A row was altered so that it cannot be read: {failure.Message}");
            return PortalCommand.Broken;
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"The exported heads cannot be read: {failure.Message}");
        }

        return PortalCommand.Unusable;
    }

    private static async Task<int> VerifyAsync(string[] settings, FileInfo? heads, TextWriter output, CancellationToken cancellationToken)
    {
        var configuration = PortalHost.CreateBuilder([.. settings.Select(setting => "--" + setting)]).Configuration;
        var collection = new ServiceCollection().AddLogging().AddJobServerData(configuration, new SqliteProvider(), new SqlServerProvider());
        collection.TryAddSingleton(TimeProvider.System);
        await using var services = collection.BuildServiceProvider();

        var file = heads?.FullName ?? services.GetRequiredService<IOptions<AuditOptions>>().Value.HeadsFile;
        var exported = file.Length > 0 ? await AuditHeadsFile.ReadAsync(file, cancellationToken) : [];
        await using var db = await services.GetRequiredService<IDbContextFactory<JobServerDb>>().CreateDbContextAsync(cancellationToken);
        var found = await services.GetRequiredService<AuditLog>().FindBreakAsync(db, exported, cancellationToken);
        if (found is not null)
        {
            await output.WriteLineAsync(found.Sentence);
            return PortalCommand.Broken;
        }

        var rows = await db.AuditHeads.Select(head => head.Sequence).SingleAsync(cancellationToken);
        await output.WriteLineAsync(
            $"{rows} rows, the chain is whole"
            + (exported.Count > 0 ? $" and holds all {exported.Count} exported heads." : ". No exported heads were given: newest rows that were cut off together with their head would not show."));
        return PortalCommand.Done;
    }
}
