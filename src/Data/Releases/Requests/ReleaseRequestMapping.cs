using JobServer.Domain.Releases;
using JobServer.Domain.Releases.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Releases.Requests;

internal sealed class ReleaseRequestMapping : IEntityTypeConfiguration<ReleaseRequest>
{
    public void Configure(EntityTypeBuilder<ReleaseRequest> builder)
    {
        builder.Property(request => request.Context).HasMaxLength(ReleaseRequest.TextMaxLength);
        builder.Property(request => request.Controls).HasMaxLength(ReleaseRequest.TextMaxLength);
        builder.Property(request => request.ReleaseId).HasMaxLength(Release.IdLength).IsUnicode(false);
        builder.HasOne(request => request.CreatedBy).WithMany().HasForeignKey(request => request.CreatedById);
        builder.HasOne<Release>().WithMany().HasForeignKey(request => request.ReleaseId);
        builder.HasMany(request => request.Comments).WithOne().HasForeignKey(comment => comment.ReleaseRequestId);
        builder.HasIndex(request => new { request.State, request.SubmittedAt });
        builder.HasIndex(request => new { request.WorkspaceId, request.Id });
    }
}
