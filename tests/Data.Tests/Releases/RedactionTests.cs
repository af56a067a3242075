using JobServer.Data.Audit;
using JobServer.Data.Releases;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Releases;

public sealed class RedactionTests : SiteTest
{
    [Fact]
    public async Task A_deleted_file_keeps_its_row_with_who_when_and_why_and_only_the_first_counts()
    {
        var study = await Site.CreateStudyAsync(ReleasePolicy.Automatic);
        var agent = await Site.OpenSessionAsync(study.Backend);
        await Site.SubmitAsync(study, ProjectYaml.One, "alone");
        var job = await agent.ClaimOneAsync();
        await agent.SucceedAsync(job, await agent.UploadAsync(job, "output/alone.csv"));
        var file = await Site.Database.ReadAsync(db => db.ReleaseFiles.SingleAsync());

        Assert.Equal(1, await DeleteAsync(file.Id, study.Developer.Id, "It names a patient."));
        var at = Site.Now;
        Site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await DeleteAsync(file.Id, study.Developer.Id, "again"));
        Assert.Equal(0, await DeleteAsync("unknown", study.Developer.Id, "again"));

        var row = await Site.Database.ReadAsync(db => db.ReleaseFiles.SingleAsync());
        Assert.Equal((at, study.Developer.Id, "It names a patient."), (row.DeletedAt, row.DeletedById, row.DeletedReason));
        Assert.Equal(1, await Site.Database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Act == AuditAct.FileRedacted)));
    }

    private Task<int> DeleteAsync(string fileId, int userId, string reason) => Site.Database.WriteAsync((db, token) =>
        Redaction.DeleteAsync(db, Site.Get<AuditLog>(), fileId, Enum.GetValues<Domain.Backends.ReleasePolicy>(), userId, reason, Site.Now, token));
}
