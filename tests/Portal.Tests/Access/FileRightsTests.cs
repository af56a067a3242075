using System.Net;
using JobServer.Domain.Access;
using JobServer.Domain.Releases;
using JobServer.Domain.Releases.Publications;
using JobServer.Portal.Tests.Pages;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Access;

/// <summary>Who gets the bytes of a file in each state that it can have, for a visitor and every role, from the policy table.</summary>
public sealed class FileRightsTests
{
    [Fact]
    public async Task Every_role_and_a_visitor_get_exactly_the_files_that_the_policy_table_gives_them()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var released = await ReleaseAsync(site, study, "released", null, isDeleted: false);
        var published = await ReleaseAsync(site, study, "published", PublicationState.Published, isDeleted: false);
        var asked = await ReleaseAsync(site, study, "asked", PublicationState.Requested, isDeleted: false);
        var unpublished = await ReleaseAsync(site, study, "unpublished", PublicationState.Unpublished, isDeleted: false);
        var deleted = await ReleaseAsync(site, study, "deleted", PublicationState.Published, isDeleted: true);
        var quarantined = await QuarantineAsync(site, study);
        var matrix = new EndpointMatrixSite(site, study.Study, new Dictionary<string, string>());

        foreach (var caller in await matrix.CallersAsync())
        {
            var browser = await caller.OpenAsync();
            async Task ExpectAsync(string address, bool isGiven, string what)
            {
                var status = (await browser.GetAsync(address)).StatusCode;
                Assert.True((status == HttpStatusCode.OK) == isGiven, $"{caller.Name} got {(int)status} for a file that is {what}.");
            }

            var seesReleased = PolicyTable.Decide(Permission.ViewReleasedFiles, caller.InProject).IsAllowed;
            await ExpectAsync(AddressOf(released), seesReleased, "released");
            await ExpectAsync(AddressOf(asked), seesReleased, "asked to be published");
            await ExpectAsync(AddressOf(unpublished), seesReleased, "no longer published");
            await ExpectAsync(AddressOf(published), PolicyTable.Decide(Permission.ViewPublishedFiles, caller.InProject).IsAllowed, "published");
            await ExpectAsync(AddressOf(deleted), false, "deleted");

            // Of those who may see what is unreleased, members of the project may not.
            var checks = PolicyTable.Decide(Permission.ViewUnreleasedOutputs, caller.InProject).IsAllowed && !caller.InProject.IsMember;
            await ExpectAsync(quarantined, checks, "in quarantine");
        }
    }

    private static string AddressOf(string file) => $"/api/v2/releases/file/{file}";

    private static async Task<string> ReleaseAsync(PortalSite site, StudySite study, string name, PublicationState? publication, bool isDeleted)
    {
        var agent = await site.Data.OpenSessionAsync(study.Study.Backend);
        await site.Data.SubmitAsync(study.Study, ProjectYaml.One, "alone");
        var job = await agent.ClaimOneAsync();
        var output = await agent.UploadAsync(job, $"output/{name}.csv", $"{name}\n", []);
        await agent.SucceedAsync(job, output);
        var release = new Release
        {
            Id = $"01G7TEST{name.ToUpperInvariant().PadRight(18, '0')[..18]}",
            WorkspaceId = study.Study.Workspace.Id,
            BackendId = study.Study.Backend.Id,
            CreatedById = study.Study.Developer.Id,
            CreatedAt = site.Data.Now,
            Policy = Domain.Backends.ReleasePolicy.Reviewed,
        };
        var file = new ReleaseFile
        {
            Id = release.Id[..25] + "F",
            ReleaseId = release.Id,
            WorkspaceId = release.WorkspaceId,
            Path = output.Path,
            Size = output.Size,
            Digest = output.Digest,
            CreatedAt = site.Data.Now,
            DeletedAt = isDeleted ? site.Data.Now : null,
            DeletedById = isDeleted ? study.Study.Developer.Id : null,
        };
        release.Files.Add(file);
        await site.Data.Database.AddAsync(release);
        if (publication is { } state)
        {
            var row = new Publication
            {
                WorkspaceId = release.WorkspaceId,
                Title = name,
                Reason = "A test of rights",
                CreatedById = study.Study.Developer.Id,
                CreatedAt = site.Data.Now,
                State = state,
            };
            row.Files.Add(new PublicationFile { ReleaseFileId = file.Id });
            await site.Data.Database.AddAsync(row);
        }

        return file.Id;
    }

    private static async Task<string> QuarantineAsync(PortalSite site, StudySite study)
    {
        var agent = await site.Data.OpenSessionAsync(study.Study.Backend);
        await site.Data.SubmitAsync(study.Study, ProjectYaml.One, "alone");
        var job = await agent.ClaimOneAsync();
        var output = await agent.UploadAsync(job, "output/quarantined.csv", "quarantined\n", []);
        await agent.SucceedAsync(job, output);
        var id = await site.Data.Database.ReadAsync(db => db.OutputFiles.Where(row => row.Path == output.Path).Select(row => row.Id).SingleAsync());
        var asked = await site.Data.Get<JobServer.Data.Releases.Requests.ReleaseRequestWrites>().AskAsync(
            new JobServer.Data.Releases.Requests.AskForRelease(study.Study.Workspace.Id, study.Study.Developer.Id, new Dictionary<long, string> { [id] = "" }, "What it shows", "What was done"),
            CancellationToken.None);
        var number = Assert.IsType<JobServer.Data.Releases.Requests.AskOutcome.Asked>(asked).RequestId;
        var file = await site.Data.Database.ReadAsync(db => db.ReleaseRequestFiles.Where(row => row.ReleaseRequestId == number).Select(row => row.Id).SingleAsync());
        return $"/reviews/{number}/files/{file}";
    }
}
