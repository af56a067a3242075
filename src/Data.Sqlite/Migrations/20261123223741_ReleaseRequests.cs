using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JobServer.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ReleaseRequests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ReleaseRequests",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<int>(type: "INTEGER", nullable: false),
                    BackendId = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedById = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SubmittedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Turn = table.Column<int>(type: "INTEGER", nullable: false),
                    Context = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Controls = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ReleaseId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 26, nullable: true),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReleaseRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReleaseRequests_Backends_BackendId",
                        column: x => x.BackendId,
                        principalTable: "Backends",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReleaseRequests_Releases_ReleaseId",
                        column: x => x.ReleaseId,
                        principalTable: "Releases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReleaseRequests_Users_CreatedById",
                        column: x => x.CreatedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReleaseRequests_Workspaces_WorkspaceId",
                        column: x => x.WorkspaceId,
                        principalTable: "Workspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReleaseComments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ReleaseRequestId = table.Column<int>(type: "INTEGER", nullable: false),
                    AuthorId = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Turn = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReleaseComments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReleaseComments_ReleaseRequests_ReleaseRequestId",
                        column: x => x.ReleaseRequestId,
                        principalTable: "ReleaseRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReleaseComments_Users_AuthorId",
                        column: x => x.AuthorId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReleaseRequestFiles",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ReleaseRequestId = table.Column<int>(type: "INTEGER", nullable: false),
                    OutputFileId = table.Column<long>(type: "INTEGER", nullable: false),
                    Path = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false, collation: "BINARY"),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: false),
                    Exception = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    AddedInTurn = table.Column<int>(type: "INTEGER", nullable: false),
                    RemovedInTurn = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReleaseRequestFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReleaseRequestFiles_OutputFiles_OutputFileId",
                        column: x => x.OutputFileId,
                        principalTable: "OutputFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReleaseRequestFiles_ReleaseRequests_ReleaseRequestId",
                        column: x => x.ReleaseRequestId,
                        principalTable: "ReleaseRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReleaseVotes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FileId = table.Column<long>(type: "INTEGER", nullable: false),
                    CheckerId = table.Column<int>(type: "INTEGER", nullable: false),
                    IsApproval = table.Column<bool>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Comment = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Turn = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReleaseVotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReleaseVotes_ReleaseRequestFiles_FileId",
                        column: x => x.FileId,
                        principalTable: "ReleaseRequestFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReleaseVotes_Users_CheckerId",
                        column: x => x.CheckerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseComments_AuthorId",
                table: "ReleaseComments",
                column: "AuthorId");

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseComments_ReleaseRequestId",
                table: "ReleaseComments",
                column: "ReleaseRequestId");

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseRequestFiles_OutputFileId",
                table: "ReleaseRequestFiles",
                column: "OutputFileId");

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseRequestFiles_ReleaseRequestId",
                table: "ReleaseRequestFiles",
                column: "ReleaseRequestId");

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseRequests_BackendId",
                table: "ReleaseRequests",
                column: "BackendId");

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseRequests_CreatedById",
                table: "ReleaseRequests",
                column: "CreatedById");

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseRequests_ReleaseId",
                table: "ReleaseRequests",
                column: "ReleaseId");

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseRequests_State_SubmittedAt",
                table: "ReleaseRequests",
                columns: new[] { "State", "SubmittedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseRequests_WorkspaceId_Id",
                table: "ReleaseRequests",
                columns: new[] { "WorkspaceId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseVotes_CheckerId",
                table: "ReleaseVotes",
                column: "CheckerId");

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseVotes_FileId_CheckerId",
                table: "ReleaseVotes",
                columns: new[] { "FileId", "CheckerId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReleaseComments");

            migrationBuilder.DropTable(
                name: "ReleaseVotes");

            migrationBuilder.DropTable(
                name: "ReleaseRequestFiles");

            migrationBuilder.DropTable(
                name: "ReleaseRequests");
        }
    }
}
