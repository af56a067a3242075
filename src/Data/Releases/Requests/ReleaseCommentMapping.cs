using JobServer.Domain.Releases.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Releases.Requests;

internal sealed class ReleaseCommentMapping : IEntityTypeConfiguration<ReleaseComment>
{
    public void Configure(EntityTypeBuilder<ReleaseComment> builder)
    {
        builder.Property(comment => comment.Text).HasMaxLength(ReleaseComment.TextMaxLength);
        builder.HasOne(comment => comment.Author).WithMany().HasForeignKey(comment => comment.AuthorId);
    }
}
