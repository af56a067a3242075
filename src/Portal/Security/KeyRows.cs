using System.Xml.Linq;
using JobServer.Data;
using JobServer.Data.Writing;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Security;

/// <summary>Keys as rows of the database, written through the same gate as everything else.</summary>
internal sealed class KeyRows(IDbContextFactory<JobServerDb> contexts, DatabaseWriter writer) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.CreateDbContext();
        return [.. db.DataProtectionKeys.AsNoTracking().Select(key => key.Xml).AsEnumerable().OfType<string>().Select(text => XElement.Parse(text))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        // The interface waits, and a key is made once in 90 days.
        writer.RunAsync(
            (db, _) =>
            {
                db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
                return Task.CompletedTask;
            },
            CancellationToken.None).GetAwaiter().GetResult();
    }
}
